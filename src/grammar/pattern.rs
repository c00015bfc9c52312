//! Patterns as they are written: `trước <clock>? (ngày | hết) <day>`.

/// A pattern, parsed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// A word or a mark.
    Word(String),
    /// `<name>`: a class, a figure, a part or a kind.
    Name(String),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    /// `x?`
    Maybe(Box<Node>),
    /// `x*`
    Many(Box<Node>),
    /// `...`
    Gap,
    /// `...` at the end.
    Rest,
    /// `@`
    Begin,
    /// `!x`: x does not follow.
    Not(Box<Node>),
}

/// Parses a pattern. Marks that mean something here (`( ) | ? * < > @ ! .`) are written behind a backslash.
pub(super) fn parse(pattern: &str) -> Result<Node, String> {
    let mut reader = Reader { chars: pattern.chars().collect(), at: 0 };
    let node = reader.choice()?;
    if reader.at < reader.chars.len() {
        return Err(format!("`{pattern}`: a bracket too many"));
    }
    Ok(node)
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn choice(&mut self) -> Result<Node, String> {
        let mut choices = vec![self.sequence()?];
        while self.peek() == Some('|') {
            self.at += 1;
            choices.push(self.sequence()?);
        }
        Ok(if choices.len() == 1 { choices.remove(0) } else { Node::Choice(choices) })
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            match c {
                '|' | ')' => break,
                c if c.is_whitespace() => {
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            let node = self.one()?;
            let node = match self.peek() {
                Some('?') => Node::Maybe(Box::new(node)),
                Some('*') => Node::Many(Box::new(node)),
                _ => {
                    nodes.push(node);
                    continue;
                }
            };
            self.at += 1;
            nodes.push(node);
        }
        if nodes.last() == Some(&Node::Gap) {
            nodes.pop();
            nodes.push(Node::Rest);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Sequence(nodes) })
    }

    fn one(&mut self) -> Result<Node, String> {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let inner = self.choice()?;
                if self.peek() != Some(')') {
                    return Err("a bracket is not closed".into());
                }
                self.at += 1;
                Ok(inner)
            }
            Some('<') => {
                let close = self.chars[self.at..].iter().position(|c| *c == '>').ok_or("`<` is not closed")?;
                let name: String = self.chars[self.at + 1..self.at + close].iter().collect();
                self.at += close + 1;
                Ok(Node::Name(name))
            }
            Some('@') => {
                self.at += 1;
                Ok(Node::Begin)
            }
            Some('!') => {
                self.at += 1;
                Ok(Node::Not(Box::new(self.one()?)))
            }
            Some('.') if self.chars[self.at..].starts_with(&['.', '.', '.']) => {
                self.at += 3;
                Ok(Node::Gap)
            }
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<Node, String> {
        let mut word = String::new();
        while let Some(c) = self.peek() {
            if c == '\\' {
                self.at += 1;
                word.extend(self.peek());
                self.at += 1;
                break;
            }
            if c.is_whitespace() || matches!(c, '(' | ')' | '|' | '?' | '*' | '<' | '>' | '@' | '!') {
                break;
            }
            word.push(c);
            self.at += 1;
        }
        if word.is_empty() { Err(format!("a mark without meaning at character {}", self.at)) } else { Ok(Node::Word(word)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_words_names_and_repetitions() {
        let word = |word: &str| Node::Word(word.into());
        assert_eq!(parse("trước"), Ok(word("trước")));
        assert_eq!(
            parse("trước <day>?"),
            Ok(Node::Sequence(vec![word("trước"), Node::Maybe(Box::new(Node::Name("day".into())))]))
        );
        assert_eq!(
            parse(r"\( (một | hai)* \)"),
            Ok(Node::Sequence(vec![word("("), Node::Many(Box::new(Node::Choice(vec![word("một"), word("hai")]))), word(")")]))
        );
        assert_eq!(parse("sau ..."), Ok(Node::Sequence(vec![word("sau"), Node::Rest])));
        assert!(parse("(một").is_err());
        assert!(parse("một)").is_err());
    }
}
