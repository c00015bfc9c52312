//! Which requests are answered: those of the page itself, on this computer. Other sites that are open in the browser can send requests here
//! too; they do not know the secret in the address, and their names stand in Host and Origin.

/// The longest body that is read.
pub const LONGEST: usize = 1 << 20;

/// What of a request is looked at before anything is done.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// GET, POST.
    pub method: &'a str,
    /// The path and what follows.
    pub url: &'a str,
    /// The headers, by name.
    pub headers: &'a [(String, String)],
    /// How long its body says that it is.
    pub length: Option<usize>,
}

impl<'a> Request<'a> {
    fn header(&self, name: &str) -> Vec<&'a str> {
        self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()).collect()
    }
}

/// Lets a request to `port` through, with the path behind the secret; else the status with which it is refused.
///
/// # Errors
/// Where it is refused.
pub fn pass<'a>(request: &Request<'a>, port: u16, secret: &str) -> Result<&'a str, u16> {
    let names = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    // A name that leads here from outside (DNS rebinding) stands in Host.
    match request.header("Host").as_slice() {
        [host] if names.iter().any(|name| name.eq_ignore_ascii_case(host)) => {}
        _ => return Err(403),
    }
    let is_own = |origin: &&str| names.iter().any(|name| origin.eq_ignore_ascii_case(&format!("http://{name}")));
    let origins = request.header("Origin");
    if !origins.iter().all(is_own) || request.header("Sec-Fetch-Site").iter().any(|site| !matches!(*site, "same-origin" | "none"))
    {
        return Err(403);
    }
    let is_post = match request.method {
        "GET" => false,
        "POST" => true,
        _ => return Err(405),
    };
    let path = request.url.split(['?', '#']).next().unwrap_or_default();
    let inside = path.strip_prefix('/').and_then(|path| path.split_once('/'));
    let Some((given, route)) = inside else { return Err(404) };
    if !is_same(given, secret) {
        return Err(404);
    }
    // Names here are of letters and digits: nothing that leads elsewhere.
    if route.contains("..") || route.contains("//") || !route.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'/') {
        return Err(404);
    }
    if is_post {
        let is_json =
            |kind: &&str| kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
        if origins.is_empty() {
            return Err(403);
        }
        if !matches!(request.header("Content-Type").as_slice(), [kind] if is_json(kind)) {
            return Err(415);
        }
        if request.length.is_none_or(|length| length > LONGEST) {
            return Err(413);
        }
    }
    Ok(route)
}

/// Whether two texts are one, in a time that does not tell where they differ.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |apart, (a, b)| apart | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef";

    fn passed(method: &str, url: &str, headers: &[(&str, &str)], length: Option<usize>) -> Result<String, u16> {
        let headers: Vec<(String, String)> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        pass(&Request { method, url, headers: &headers, length }, 4321, SECRET).map(str::to_owned)
    }

    const HOST: (&str, &str) = ("Host", "127.0.0.1:4321");
    const ORIGIN: (&str, &str) = ("Origin", "http://127.0.0.1:4321");
    const JSON: (&str, &str) = ("Content-Type", "application/json");

    #[test]
    fn the_page_itself_is_let_through() {
        assert_eq!(passed("GET", "/0123456789abcdef/", &[HOST], None), Ok(String::new()));
        assert_eq!(passed("GET", "/0123456789abcdef/documents", &[("host", "localhost:4321")], None), Ok("documents".into()));
        assert_eq!(
            passed("POST", "/0123456789abcdef/document/0a/do", &[HOST, ORIGIN, JSON], Some(9)),
            Ok("document/0a/do".into())
        );
    }

    #[test]
    fn a_request_without_the_secret_is_refused() {
        for url in
            ["/", "/documents", "/0123456789abcdee/documents", "/0123456789abcdef", "//documents", "/0123456789abcde/f/documents"]
        {
            assert_eq!(passed("GET", url, &[HOST], None), Err(404), "{url}");
        }
    }

    #[test]
    fn a_request_from_another_origin_is_refused() {
        let url = "/0123456789abcdef/document/0a/do";
        for headers in [
            vec![HOST, ("Origin", "https://example.org"), JSON],
            vec![HOST, ("Origin", "null"), JSON],
            vec![HOST, ("Origin", "http://127.0.0.1:4322"), JSON],
            vec![HOST, JSON],
            vec![HOST, ORIGIN, JSON, ("Sec-Fetch-Site", "cross-site")],
            vec![("Host", "example.org:4321"), ORIGIN, JSON],
            vec![("Host", "127.0.0.1"), ORIGIN, JSON],
            vec![HOST, ("Host", "example.org"), ORIGIN, JSON],
            vec![ORIGIN, JSON],
        ] {
            assert_eq!(passed("POST", url, &headers, Some(9)), Err(403), "{headers:?}");
        }
        assert_eq!(passed("GET", "/0123456789abcdef/", &[HOST, ("Sec-Fetch-Site", "cross-site")], None), Err(403));
        // What a form of another site may send.
        assert_eq!(passed("POST", url, &[HOST, ORIGIN, ("Content-Type", "text/plain")], Some(9)), Err(415));
    }

    #[test]
    fn a_path_outside_is_refused() {
        for route in
            ["../etc/passwd", "document/..%2f..%2fetc", "document/%2e%2e/do", "document//do", "a\\b", "document/0a/do/../../.."]
        {
            assert_eq!(passed("GET", &format!("/0123456789abcdef/{route}"), &[HOST], None), Err(404), "{route}");
        }
    }

    #[test]
    fn other_methods_and_long_bodies_are_refused() {
        assert_eq!(passed("DELETE", "/0123456789abcdef/", &[HOST], None), Err(405));
        assert_eq!(passed("OPTIONS", "/0123456789abcdef/", &[HOST], None), Err(405));
        for length in [None, Some(LONGEST + 1)] {
            assert_eq!(passed("POST", "/0123456789abcdef/check", &[HOST, ORIGIN, JSON], length), Err(413));
        }
    }
}
