//! What a word stands for: a code, a name of the vocabulary, an HTTP status or a situation. A word may be several of them.

use booking_errors::{Effect, Kind, Provider, ProviderError, RawResponse, Retry, Triage};
use serde::Serialize;

use crate::codes::{Row, chosen};
use crate::near::Known;

/// In JSON, the member `is` tells them apart.
#[derive(Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Topic {
    Code(Row),
    Situation(Answer),
    Kind(KindTopic),
    Effect(Term),
    Retry(Term),
    Triage(Term),
    Status(Answer),
}

/// A kind, and what leads to it.
#[derive(Serialize)]
pub struct KindTopic {
    #[serde(flatten)]
    pub term: Term,
    pub remedy: &'static str,
    /// The statuses that give it if nothing in the body says more.
    pub statuses: Vec<u16>,
    pub codes: Vec<CodeName>,
}

/// A name of the vocabulary.
#[derive(Serialize)]
pub struct Term {
    pub name: &'static str,
    pub meaning: &'static str,
    /// Every combination that it is part of.
    pub cases: Vec<Case>,
}

/// A kind and an effect, and what follows from them.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Case {
    pub kind: Kind,
    pub effect: Effect,
    pub retry: Retry,
    pub triage: Triage,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CodeName {
    pub provider: &'static str,
    pub code: &'static str,
}

/// What a response means, and the providers from which it means that.
#[derive(Serialize)]
pub struct Answer {
    pub providers: Vec<&'static str>,
    /// What it shows, if not only its status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'static str>,
    pub status: u16,
    /// Missing if the response is a success.
    #[serde(flatten)]
    pub failure: Option<Failure>,
    /// The codes that are documented with the status.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<CodeName>,
}

#[derive(PartialEq, Eq, Serialize)]
pub struct Failure {
    #[serde(flatten)]
    pub case: Case,
    pub remedy: String,
}

impl Topic {
    /// Returns everything that a word stands for, if a provider is given only with what belongs to it. What is spelled just
    /// like the word comes first.
    pub fn find(word: &str, only: Option<&'static Provider>) -> Vec<Self> {
        let names = names(only).filter(|name| name.is_spelled(word));
        let (exact, similar): (Vec<_>, Vec<_>) = names.partition(|name| name.text() == word);
        let mut topics = Vec::new();
        for name in exact.into_iter().chain(similar) {
            name.explain(only, &mut topics);
        }
        topics.extend(status_of(word).into_iter().flat_map(|status| of_status(status, only)));
        topics
    }

    /// Returns the names that have an explanation, without the statuses.
    pub fn known(only: Option<&'static Provider>) -> impl Iterator<Item = Known> {
        names(only).map(|name| Known { owner: name.owner(), name: name.text() })
    }
}

/// A name that has an explanation.
enum Name {
    Code(Row),
    Situation(&'static Provider, booking_errors::Sample),
    Kind(Kind),
    Effect(Effect),
    Retry(Retry),
    Triage(Triage),
}

fn names(only: Option<&'static Provider>) -> impl Iterator<Item = Name> {
    let situations = chosen(only).flat_map(|provider| {
        let samples = provider.samples().into_iter().filter(|sample| !sample.is_code);
        samples.map(move |sample| Name::Situation(provider, sample))
    });
    Row::all(only)
        .map(Name::Code)
        .chain(situations)
        .chain(Kind::ALL.iter().copied().map(Name::Kind))
        .chain(Effect::ALL.iter().copied().map(Name::Effect))
        .chain(Retry::ALL.iter().copied().map(Name::Retry))
        .chain(Triage::ALL.iter().copied().map(Name::Triage))
}

impl Name {
    fn text(&self) -> &'static str {
        match self {
            Self::Code(row) => row.info.code,
            Self::Situation(_, sample) => sample.name,
            Self::Kind(kind) => kind.as_str(),
            Self::Effect(effect) => effect.as_str(),
            Self::Retry(retry) => retry.as_str(),
            Self::Triage(triage) => triage.as_str(),
        }
    }

    /// Whether a word is this name, in any case. Situations are texts, in which no underscore stands for a space: `explain
    /// SERVICE_UNAVAILABLE` asks for the code.
    fn is_spelled(&self, word: &str) -> bool {
        match self {
            Self::Situation(_, sample) => {
                sample.name.to_lowercase().replace('-', " ") == word.to_lowercase().replace('-', " ")
            }
            _ => squeeze(self.text()) == squeeze(word),
        }
    }

    /// Returns the provider that has the name, or what it is a name of.
    fn owner(&self) -> &'static str {
        match self {
            Self::Code(row) => row.provider,
            Self::Situation(provider, _) => provider.name(),
            Self::Kind(_) => "kind",
            Self::Effect(_) => "effect",
            Self::Retry(_) => "retry",
            Self::Triage(_) => "triage",
        }
    }

    fn explain(self, only: Option<&'static Provider>, topics: &mut Vec<Topic>) {
        let term = |meaning, is_part: &dyn Fn(&Case) -> bool| Term {
            name: self.text(),
            meaning,
            cases: cases().filter(is_part).collect(),
        };
        let topic = match self {
            Self::Code(row) => Topic::Code(row),
            Self::Situation(provider, ref sample) => {
                let answer = Answer::of(provider, Some(sample.name), &sample.response());
                let mut situations = topics.iter_mut().filter_map(|topic| match topic {
                    Topic::Situation(situation) => Some(situation),
                    _ => None,
                });
                if situations.any(|situation| situation.takes(&answer)) {
                    return;
                }
                Topic::Situation(answer)
            }
            Self::Kind(kind) => Topic::Kind(KindTopic {
                term: term(kind.meaning(), &|case| case.kind == kind),
                remedy: kind.remedy(),
                statuses: (100..600).filter(|status| Kind::from_status(*status) == kind).collect(),
                codes: CodeName::all(only, |row| row.info.kind == kind),
            }),
            Self::Effect(effect) => Topic::Effect(term(effect.meaning(), &|case| case.effect == effect)),
            Self::Retry(retry) => Topic::Retry(term(retry.meaning(), &|case| case.retry == retry)),
            Self::Triage(triage) => Topic::Triage(term(triage.meaning(), &|case| case.triage == triage)),
        };
        topics.push(topic);
    }
}

impl Case {
    fn of(kind: Kind, effect: Effect) -> Self {
        let retry = Retry::of(kind, effect);
        Self { kind, effect, retry, triage: Triage::of(kind, effect, retry) }
    }
}

fn cases() -> impl Iterator<Item = Case> {
    Effect::ALL.iter().flat_map(|effect| Kind::ALL.iter().map(|kind| Case::of(*kind, *effect)))
}

impl CodeName {
    fn all(only: Option<&'static Provider>, is_meant: impl Fn(&Row) -> bool) -> Vec<Self> {
        let rows = Row::all(only).filter(is_meant);
        rows.map(|row| Self { provider: row.provider, code: row.info.code }).collect()
    }
}

impl Answer {
    fn of(provider: &Provider, name: Option<&'static str>, response: &RawResponse<'_>) -> Self {
        let failure = provider.check(response).err().map(|error| Failure::of(&*error));
        Self { providers: vec![provider.name()], name, status: response.status(), failure, codes: Vec::new() }
    }

    /// Adds the provider of another answer if both mean the same.
    fn takes(&mut self, other: &Self) -> bool {
        let is_same = (self.name, self.status, &self.failure) == (other.name, other.status, &other.failure);
        if is_same {
            self.providers.extend(&other.providers);
        }
        is_same
    }
}

impl Failure {
    fn of(error: &dyn ProviderError) -> Self {
        let case =
            Case { kind: error.kind(), effect: error.effect(), retry: error.retry(), triage: error.triage() };
        Self { case, remedy: error.remedy().to_owned() }
    }
}

/// Says what a response with a status means if its body is empty. One status may mean different things from different
/// providers.
fn of_status(status: u16, only: Option<&'static Provider>) -> Vec<Topic> {
    let mut answers = Vec::<Answer>::new();
    for provider in chosen(only) {
        let answer = Answer::of(provider, None, &RawResponse::new(status, b""));
        if !answers.iter_mut().any(|known| known.takes(&answer)) {
            answers.push(answer);
        }
    }
    for answer in &mut answers {
        let is_meant =
            |row: &Row| row.info.statuses.contains(&status) && answer.providers.contains(&row.provider);
        answer.codes = CodeName::all(only, is_meant);
    }
    answers.into_iter().map(Topic::Status).collect()
}

fn status_of(word: &str) -> Option<u16> {
    let word = word.trim();
    let is_status = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|status| is_status && (100..600).contains(status))
}

/// Makes one text of all ways to write a name: `ROOM_TAKEN`, `room-taken`, `room taken`, `RoomTaken`.
fn squeeze(text: &str) -> String {
    let kept = text.chars().filter(|c| !matches!(c, '_' | '-') && !c.is_whitespace());
    kept.flat_map(char::to_lowercase).collect()
}
