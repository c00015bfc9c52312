//! Styles: how characters look, and which list a paragraph stands in, where it does not say so itself.

use std::collections::BTreeMap;

use crate::ingest::xml::Element;

/// How characters look, as far as it matters to reading them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// The font's name: it tells the encoding.
    pub(super) font: Option<String>,
    pub(super) bold: bool,
    pub(super) capitals: bool,
    pub(super) hidden: bool,
    pub(super) raised: bool,
    /// Struck out by one line or two: no longer meant.
    pub(super) struck: bool,
}

/// What a style, or a run, says; what it does not say comes from below.
#[derive(Clone, Debug, Default)]
struct Said {
    font: Option<String>,
    bold: Option<bool>,
    capitals: Option<bool>,
    hidden: Option<bool>,
    raised: Option<bool>,
    struck: Option<bool>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    based_on: Option<String>,
    said: Said,
    list: Option<String>,
    level: Option<usize>,
    /// The level of the headings that it is for, from 0; 9 is none.
    outline: Option<u8>,
}

/// The styles of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    defaults: Said,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

/// How long a chain of styles is followed.
const LONGEST: usize = 24;

impl Said {
    fn read(properties: Option<&Element>) -> Self {
        let Some(properties) = properties else { return Self::default() };
        let font = properties.child("rFonts").and_then(|fonts| ["hAnsi", "ascii", "cs"].iter().find_map(|name| fonts.get(name)));
        Self {
            font: font.map(str::to_owned),
            bold: properties.switch("b"),
            capitals: properties.switch("caps"),
            hidden: properties.switch("vanish"),
            raised: properties.value("vertAlign").map(|place| place == "superscript").or_else(|| lifted(properties)),
            struck: properties.switch("strike").into_iter().chain(properties.switch("dstrike")).reduce(|one, two| one || two),
        }
    }

    fn apply(&self, look: &mut Look) {
        if let Some(font) = &self.font {
            look.font = Some(font.clone());
        }
        look.bold = self.bold.unwrap_or(look.bold);
        look.capitals = self.capitals.unwrap_or(look.capitals);
        look.hidden = self.hidden.unwrap_or(look.hidden);
        look.raised = self.raised.unwrap_or(look.raised);
        look.struck = self.struck.unwrap_or(look.struck);
    }
}

/// Raised by hand, in half points, as LibreOffice writes `<sup>`.
fn lifted(properties: &Element) -> Option<bool> {
    properties.value("position").and_then(|height| height.parse::<i32>().ok()).map(|height| height >= 4)
}

fn outline_of(properties: Option<&Element>) -> Option<u8> {
    properties.and_then(|properties| properties.value("outlineLvl")).and_then(|level| level.parse().ok())
}

impl Styles {
    pub(super) fn read(root: &Element) -> Self {
        let mut styles = Self::default();
        let Some(list) = root.child("styles") else { return styles };
        let defaults = list.child("docDefaults").and_then(|defaults| defaults.child("rPrDefault"));
        styles.defaults = Said::read(defaults.and_then(|defaults| defaults.child("rPr")));
        for style in list.elements().filter(|element| element.name == "style") {
            let Some(id) = style.get("styleId") else { continue };
            let paragraph = style.child("pPr").and_then(|properties| properties.child("numPr"));
            if style.get("type") == Some("paragraph") && matches!(style.get("default"), Some("1" | "true" | "on")) {
                styles.usual = Some(id.to_owned());
            }
            styles.styles.insert(
                id.to_owned(),
                Style {
                    based_on: style.value("basedOn").map(str::to_owned),
                    said: Said::read(style.child("rPr")),
                    list: paragraph.and_then(|number| number.value("numId")).map(str::to_owned),
                    outline: outline_of(style.child("pPr")),
                    level: paragraph.and_then(|number| number.value("ilvl")).and_then(|level| level.parse().ok()),
                },
            );
        }
        styles
    }

    /// A style and those it is based on, nearest first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        let first = id.and_then(|id| self.styles.get(id));
        std::iter::successors(first, |style| style.based_on.as_ref().and_then(|id| self.styles.get(id))).take(LONGEST)
    }

    fn apply(&self, id: Option<&str>, look: &mut Look) {
        let chain: Vec<&Style> = self.chain(id).collect();
        for style in chain.into_iter().rev() {
            style.said.apply(look);
        }
    }

    /// How the characters of a paragraph in a style look.
    pub(super) fn paragraph(&self, style: Option<&str>) -> Look {
        let mut look = Look::default();
        self.defaults.apply(&mut look);
        self.apply(style.or(self.usual.as_deref()), &mut look);
        look
    }

    /// How a run looks in a paragraph that looks like `paragraph`.
    pub(super) fn run(&self, paragraph: &Look, properties: Option<&Element>) -> Look {
        let mut look = paragraph.clone();
        if let Some(properties) = properties {
            self.apply(properties.value("rStyle"), &mut look);
            Said::read(Some(properties)).apply(&mut look);
        }
        look
    }

    /// The level of the heading that a paragraph is, from 1; 0 where it is none.
    pub(super) fn outline(&self, style: Option<&str>, properties: Option<&Element>) -> u8 {
        let styled = || self.chain(style).find_map(|style| style.outline);
        outline_of(properties).or_else(styled).filter(|level| *level < 6).map_or(0, |level| level + 1)
    }

    /// The list and the level that a paragraph stands in; `numId` 0 takes it out of its style's list.
    pub(super) fn number(&self, style: Option<&str>, properties: Option<&Element>) -> Option<(String, usize)> {
        let own = properties.and_then(|properties| properties.child("numPr"));
        let own_list = own.and_then(|number| number.value("numId")).map(str::to_owned);
        let own_level = own.and_then(|number| number.value("ilvl")).and_then(|level| level.parse().ok());
        let mut chain = self.chain(style.or(self.usual.as_deref()));
        let styled = chain.find(|style| style.list.is_some());
        let list = own_list.or_else(|| styled.and_then(|style| style.list.clone()))?;
        let level = own_level.or_else(|| styled.and_then(|style| style.level)).unwrap_or_default();
        (list != "0").then_some((list, level))
    }
}
