use std::cell::{Cell, OnceCell};
use std::fmt::{self, Debug, Formatter};

/// Keeps the texts that differ from the bytes they were read from, because they have escapes or broken UTF-8. This way
/// a reader can lend every text for as long as the body lives, and most come straight from the body.
///
/// An empty arena allocates no memory.
#[derive(Default)]
pub struct Arena {
    blocks: OnceCell<Box<[Block; BLOCKS]>>,
    texts: Cell<usize>,
}

/// Block `n` has room for `2^n` times as many texts as the first. It is allocated when its first text arrives.
type Block = OnceCell<Box<[OnceCell<Box<str>>]>>;

const BLOCKS: usize = 28;
const FIRST_BLOCK: usize = 16;

impl Arena {
    /// Keeps a text. After four billion texts, more than any body holds, a text is lost and reads as empty.
    pub(super) fn keep(&self, text: String) -> &str {
        let index = self.texts.replace(self.texts.get() + 1) + FIRST_BLOCK;
        let block = index.ilog2() - FIRST_BLOCK.ilog2();
        let start = FIRST_BLOCK << block;
        let blocks = self.blocks.get_or_init(Default::default);
        let kept = blocks
            .get(block as usize)
            .and_then(|block| block.get_or_init(|| vec![OnceCell::new(); start].into()).get(index - start));
        kept.map_or("", |kept| kept.get_or_init(|| text.into()))
    }

    /// Keeps bytes as a text, with U+FFFD in place of those that are not UTF-8.
    pub(crate) fn keep_lossy(&self, bytes: &[u8]) -> &str {
        self.keep(String::from_utf8_lossy(bytes).into_owned())
    }
}

/// Shows the number of texts, not the texts.
impl Debug for Arena {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arena").field("texts", &self.texts.get()).finish_non_exhaustive()
    }
}
