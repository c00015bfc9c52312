#!/usr/bin/env bash
# Builds the wheel, installs it into a virtual environment of its own, and tests it there.
#
#   python/tests/run.sh [PYTEST ARGUMENT…]
#
# KEHOACH_WHEEL_PROFILE=release builds it as users get it; without it nothing is optimized, as in other tests. The environment
# is target/python; it is made once.
set -euo pipefail
cd "$(dirname "$0")/../.."

python=${PYTHON:-python3}
if ! "$python" -c 'import sys, venv, ensurepip; assert sys.version_info >= (3, 9)' 2>/dev/null; then
    { apt-get update && apt-get install -y --no-install-recommends python3 python3-venv; } || true
    python=python3
    if ! "$python" -c 'import sys, venv, ensurepip; assert sys.version_info >= (3, 9)' 2>/dev/null; then
        echo "Python 3.9 or newer with venv could not be installed: the Python package is not tested" >&2
        # In CI nothing goes untested in silence.
        [ -z "${CI:-}" ]
        exit
    fi
fi

environment=target/python
[ -x "$environment/bin/pip" ] || "$python" -m venv "$environment"
pip=("$environment/bin/pip" --disable-pip-version-check install --quiet --no-compile --prefer-binary)
"${pip[@]}" 'maturin>=1.9,<2' 'pytest>=8' 'mypy>=1.10' 'pyarrow>=14'
# Optional: tests of what is not there are skipped with a message.
for more in 'pandas<3' polars duckdb; do
    "${pip[@]}" "$more" || echo "$more could not be installed: its tests are skipped" >&2
done
if command -v java >/dev/null || [ -n "${JAVA_HOME:-}" ]; then
    "${pip[@]}" 'pyspark>=3.5' || echo "PySpark could not be installed: Spark is not tested" >&2
else
    echo "Java is not installed (apt-get install default-jre-headless): Spark is not tested" >&2
fi

rm -rf target/wheel
PATH="$PWD/$environment/bin:$PATH" "$environment/bin/pip" --disable-pip-version-check wheel ./python --no-deps --no-build-isolation \
    --config-settings "profile=${KEHOACH_WHEEL_PROFILE:-dev}" --wheel-dir target/wheel
"$environment/bin/pip" --disable-pip-version-check install --quiet --no-deps --force-reinstall target/wheel/kehoach-*.whl
"$environment/bin/pytest" python/tests "$@"
