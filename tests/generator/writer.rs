//! Writes a document's paragraphs and, beside them, the record that they hold.

use kehoach::record::{Deadline, ReferenceRole, Role, Target};

use super::known::{Known, Noted, agencies, reference, section, task};
use super::random::Random;
use super::{Feature, deadlines, report, scheme, targets, topics};

/// What a paragraph is to the layout.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Heading,
    Bullet,
    Plain,
}

/// A paragraph on one line.
pub struct Paragraph {
    pub kind: Kind,
    pub text: String,
}

/// The state of writing.
pub struct Writer<'a> {
    pub random: &'a mut Random,
    pub known: Known,
    pub paragraphs: Vec<Paragraph>,
    pub allowed: &'a dyn Fn(Feature) -> bool,
    pub year: i32,
    pub scheme: Feature,
    pub agencies: &'static [&'static str],
    /// Whether a date without its year can be told: the head or the title has one year.
    pub yearless: bool,
    /// Labels of the open sections.
    labels: Vec<String>,
    /// Owners that the open heading names.
    owner: Vec<String>,
    /// Sections whose facts are not told one by one.
    pub loose: Vec<String>,
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

impl<'a> Writer<'a> {
    pub fn new(random: &'a mut Random, allowed: &'a dyn Fn(Feature) -> bool) -> Self {
        let year = 2020 + i32::try_from(random.below(6)).unwrap_or(0);
        Self {
            random,
            known: Known::default(),
            paragraphs: Vec::new(),
            allowed,
            year,
            scheme: Feature::SchemeRoman,
            agencies: topics::PROVINCE_AGENCIES,
            yearless: true,
            labels: Vec::new(),
            owner: Vec::new(),
            loose: Vec::new(),
        }
    }

    /// One of `forms` that is read.
    pub fn choose(&mut self, forms: &[Feature]) -> Option<Feature> {
        let open: Vec<Feature> = forms.iter().copied().filter(|form| (self.allowed)(*form)).collect();
        (!open.is_empty()).then(|| *self.random.pick(&open))
    }

    pub fn may(&mut self, form: Feature, percent: usize) -> bool {
        (self.allowed)(form) && self.random.chance(percent)
    }

    pub fn push(&mut self, kind: Kind, text: String) {
        self.paragraphs.push(Paragraph { kind, text });
    }

    fn path(&self) -> Option<String> {
        (!self.labels.is_empty()).then(|| self.labels.join("."))
    }

    fn noted<T>(&self, item: T, mut features: Vec<Feature>, wording: &str) -> Noted<T> {
        features.push(self.scheme);
        Noted { item, features, wording: wording.to_owned() }
    }

    /// Opens the section at `numbers`; gives its marker as written.
    fn open(&mut self, numbers: &[usize], title: &str, features: &[Feature]) -> String {
        let marker = scheme::marker(self.scheme, numbers);
        self.labels.truncate(numbers.len() - 1);
        self.labels.push(marker.label.clone());
        self.owner.clear();
        let noted = self.noted(
            section(self.labels.join("."), title.to_owned()),
            features.to_vec(),
            &format!("{}{title}", marker.written),
        );
        self.known.sections.push(noted);
        marker.written
    }

    /// A heading on a line of its own.
    pub fn heading(&mut self, numbers: &[usize], title: &str, features: &[Feature]) {
        let written = self.open(numbers, title, features);
        if scheme::marker(self.scheme, numbers).alone {
            self.push(Kind::Heading, written);
            self.push(Kind::Heading, title.to_owned());
        } else {
            self.push(Kind::Heading, format!("{written}{title}"));
        }
    }

    /// Bullets that set targets.
    pub fn aims(&mut self, count: usize) {
        for _ in 0..count {
            let Some(form) = self.choose(targets::FORMS) else { return };
            let sentence = targets::sentence(self.random, form, self.year, self.allowed);
            let mark = *self.random.pick(&[".", ";"]);
            self.push(Kind::Bullet, format!("- {}{mark}", sentence.text));
            for deadline in sentence.deadlines {
                self.deadline(deadline, sentence.features.clone(), &sentence.text);
            }
            for target in sentence.targets {
                self.target(target, sentence.features.clone(), &sentence.text);
            }
        }
    }

    pub fn target(&mut self, target: Target, features: Vec<Feature>, wording: &str) {
        let target = Target { section: self.path(), ..target };
        let noted = self.noted(target, features, wording);
        self.known.targets.push(noted);
    }

    fn deadline(&mut self, deadline: Deadline, features: Vec<Feature>, wording: &str) {
        let deadline = Deadline { section: self.path(), ..deadline };
        let noted = self.noted(deadline, features, wording);
        self.known.deadlines.push(noted);
    }

    fn partners(&mut self) -> Vec<String> {
        let mut agencies: Vec<&str> = self.random.some(self.agencies, 6).into_iter().copied().collect();
        let named = (self.allowed)(Feature::PlanNamedAgency);
        agencies.retain(|name| !self.owner.iter().any(|owner| owner.contains(name)) && (named || !name.contains("Kế hoạch")));
        let count = self.random.between(1, 3);
        agencies.truncate(count);
        agencies
            .iter()
            .map(|name| if name.starts_with("Các ") || name.starts_with("Trưởng các") { lower(name) } else { (*name).to_owned() })
            .collect()
    }

    fn listed(&mut self, names: &[String]) -> String {
        match names {
            [one] => one.clone(),
            [rest @ .., last] if self.random.chance(50) && (!last.starts_with("Trạm") || (self.allowed)(Feature::AndClinic)) => {
                format!("{} và {last}", rest.join(", "))
            }
            _ => names.join(", "),
        }
    }

    /// The text of one piece of work, with its targets and deadline; the task goes into the record.
    fn work(&mut self, coordinated: bool, small: bool) -> String {
        let mut features = Vec::new();
        let mut set = Vec::new();
        let mut text = if self.may(Feature::TaskTarget, 20) {
            features.push(Feature::TaskTarget);
            let sentence = targets::sentence(self.random, Feature::Counted, self.year, self.allowed);
            features.extend(sentence.features.iter().copied().filter(|form| *form != Feature::Counted));
            // `Sở Công Thương trồng mới …`: a verb of one syllable behind a capital letter.
            let short = (coordinated || small) && ["Khám ", "Trồng "].iter().any(|verb| sentence.text.starts_with(verb));
            features.extend(short.then_some(Feature::ShortVerb));
            set = sentence.targets;
            if short && !(self.allowed)(Feature::ShortVerb) {
                let longer = |text: &str| format!("Triển khai {}", lower(text));
                set.iter_mut().for_each(|target| target.indicator = longer(&target.indicator));
                longer(&sentence.text)
            } else {
                sentence.text
            }
        } else {
            let work = *self.random.pick(topics::WORK);
            // The verb is also the name of a body.
            if work.starts_with("Thống kê") {
                features.push(Feature::VerbLikeBody);
            }
            if (self.allowed)(Feature::VerbLikeBody) { work.to_owned() } else { work.replacen("Thống kê", "Rà soát", 1) }
        };
        if set.is_empty() && self.may(Feature::Mention, 10) {
            features.push(Feature::Mention);
            let year = self.year - 1;
            let (month, day) = (self.random.between(3, 9), self.random.between(1, 28));
            // A number of its own for each, since one document is one entry.
            let number = format!("{}/BNV-CCHC", 100 + self.known.references.len());
            let wording = format!("Công văn số {number} ngày {day:02}/{month}/{year} của Bộ Nội vụ");
            text = format!("{text} theo {wording}");
            let date = Some(format!("{year}-{month:02}-{day:02}"));
            let item = reference("Công văn", Some(number), date, Some("Bộ Nội vụ".to_owned()), ReferenceRole::Mention);
            let noted = self.noted(item, features.clone(), &wording);
            self.known.references.push(noted);
        }
        let mut coordinate = Vec::new();
        if coordinated {
            features.push(Feature::Coordinate);
            coordinate = self.partners();
            features.extend(coordinate.iter().any(|name| name.contains("Kế hoạch")).then_some(Feature::PlanNamedAgency));
            let lead = *self.random.pick(&["Chủ trì, phối hợp với", "Phối hợp với", "Chủ trì, phối hợp chặt chẽ với"]);
            for target in &mut set {
                target.indicator = lower(&target.indicator);
            }
            let listed = self.listed(&coordinate);
            features.extend(listed.contains("và Trạm").then_some(Feature::AndClinic));
            text = format!("{lead} {listed} {}", lower(&text));
        }
        if small {
            text = lower(&text);
            for target in &mut set {
                target.indicator = lower(&target.indicator);
            }
        }
        let mut due = None;
        // `…, báo cáo hằng tháng`: the time is that of the report.
        let mut reported = false;
        let quoted = features.contains(&Feature::Mention);
        let timed = self.random.chance(45) && (!quoted || (self.allowed)(Feature::MentionThenTime));
        features.extend((timed && quoted).then_some(Feature::MentionThenTime));
        if timed && let Some(mut form) = self.choose(deadlines::FORMS) {
            // `toàn trình hằng tháng` is like `chương trình hằng tháng`.
            if form == Feature::Recurring && text.ends_with("trình") {
                if (self.allowed)(Feature::RecurringBehindName) {
                    features.push(Feature::RecurringBehindName)
                } else {
                    form = Feature::InMonth
                }
            }
            let (joint, mut deadline) = deadlines::write(self.random, form, self.year, self.yearless);
            if form == Feature::DaysSince {
                deadlines::count_from(&mut deadline, self.known.document.date.as_deref());
            }
            reported = joint.contains("báo cáo");
            // Words between a counted work and its time: they are not what is counted.
            let between = match joint {
                _ if set.is_empty() => None,
                ", báo cáo " => Some(Feature::CountThenReport),
                ", thời gian thực hiện " => Some(Feature::CountThenPeriod),
                _ => None,
            };
            let joint = if between.is_some_and(|form| !(self.allowed)(form)) { ", hoàn thành " } else { joint };
            features.extend(between.filter(|form| (self.allowed)(*form)));
            text = format!("{text}{joint}{}", deadline.text);
            features.push(form);
            due = Some(deadline);
        }
        for target in set {
            let mut target = target;
            target.due = due.as_ref().and_then(|due| due.to.clone()).filter(|_| !reported);
            target.agencies = agencies(Role::Lead, &self.owner);
            target.agencies.extend(agencies(Role::Coordinate, &coordinate));
            self.target(target, features.clone(), &text);
        }
        let mut item = task(text.clone(), self.owner.clone(), coordinate);
        item.section = self.path();
        if let Some(deadline) = due {
            item.deadline = Some(self.known.deadlines.len());
            self.deadline(deadline, features.clone(), &text);
        }
        let noted = self.noted(item, features, &text);
        self.known.tasks.push(noted);
        text
    }

    /// Bullets that set work.
    pub fn tasks(&mut self, count: usize) {
        for _ in 0..count {
            let coordinated = self.may(Feature::Coordinate, 25);
            let text = self.work(coordinated, false);
            let mark = *self.random.pick(&[".", ";"]);
            self.push(Kind::Bullet, format!("- {text}{mark}"));
        }
    }

    /// Sections of agencies, one after the other, below `above`.
    pub fn agencies(&mut self, above: &[usize], count: usize) {
        let names = self.random.some(self.agencies, count);
        for (at, name) in names.iter().enumerate() {
            let numbers: Vec<usize> = above.iter().copied().chain([at + 1]).collect();
            let office = name.starts_with("Sở ") && self.random.chance(30);
            let name = if office { format!("Giám đốc {name}") } else { (**name).to_owned() };
            match self.choose(&[Feature::OwnerHeading, Feature::OwnerHeading, Feature::OwnerRunIn, Feature::OwnerColon]) {
                Some(Feature::OwnerRunIn) => {
                    let written = self.open(&numbers, &name, &[Feature::OwnerRunIn]);
                    self.owner = vec![name.clone()];
                    let coordinated = self.may(Feature::Coordinate, 50);
                    let text = self.work(coordinated, true);
                    self.push(Kind::Plain, format!("{written}{name} {text}."));
                }
                Some(Feature::OwnerColon) => {
                    let written = self.open(&numbers, &name, &[Feature::OwnerColon]);
                    self.owner = vec![name.clone()];
                    let text = self.work(false, false);
                    self.push(Kind::Plain, format!("{written}{name}: {text}."));
                }
                _ => {
                    self.heading(&numbers, &name, &[Feature::OwnerHeading]);
                    self.owner = vec![name];
                    let count = self.random.between(1, 3);
                    self.tasks(count);
                }
            }
        }
    }

    /// `2. X: Y`.
    pub fn run_in(&mut self, numbers: &[usize], title: &str) {
        let written = self.open(numbers, title, &[Feature::RunInTitle]);
        let text = self.work(false, false);
        self.push(Kind::Plain, format!("{written}{title}: {text}."));
    }

    /// Bullets of results.
    pub fn results(&mut self, count: usize) {
        for _ in 0..count {
            let Some(form) = self.choose(report::FORMS) else { return };
            let result = report::sentence(self.random, form, self.allowed);
            self.push(Kind::Bullet, format!("- {}.", result.text));
            let path = self.path();
            if result.sum.is_some() || result.ratio.is_some() {
                self.loose.extend(path.clone());
            }
            for mut fact in result.facts {
                fact.section.clone_from(&path);
                let noted = self.noted(fact, result.features.clone(), &result.text);
                self.known.facts.push(noted);
            }
            if let Some(mut sum) = result.sum {
                sum.section.clone_from(&path);
                let noted = self.noted(sum, result.features.clone(), &result.text);
                self.known.sums.push(noted);
            }
            if let Some(mut ratio) = result.ratio {
                ratio.section.clone_from(&path);
                let noted = self.noted(ratio, result.features.clone(), &result.text);
                self.known.ratios.push(noted);
            }
        }
    }
}
