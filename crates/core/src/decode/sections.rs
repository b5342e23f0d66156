/// Parts of a list that come from several members, in the order of the body. If a member comes twice, the last one
/// counts, at its own place.
///
/// ```
/// use booking_errors::decode::Sections;
///
/// let mut sections = Sections::default();
/// for (member, texts) in [("errors", ["a"]), ("details", ["b"]), ("errors", ["c"])] {
///     sections.put(member, texts);
/// }
/// assert!(sections.iter().eq(&[["b"], ["c"]]));
/// ```
#[derive(Clone, Debug)]
pub struct Sections<T> {
    list: Vec<(&'static str, T)>,
}

impl<T> Sections<T> {
    /// Adds what a member gave, and removes what an earlier one with this name gave.
    pub fn put(&mut self, member: &'static str, section: T) {
        self.remove(member);
        self.list.push((member, section));
    }

    /// Removes what a member gave.
    pub fn remove(&mut self, member: &str) {
        self.list.retain(|(name, _)| *name != member);
    }

    /// Returns whether no member gave anything.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns what a member gave.
    pub fn get(&self, member: &str) -> Option<&T> {
        self.list.iter().find_map(|(name, section)| (*name == member).then_some(section))
    }

    /// Returns what each member gave.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.list.iter().map(|(_, section)| section)
    }

    /// Returns each member and what it gave, to move items out of it.
    pub fn entries_mut(&mut self) -> impl Iterator<Item = (&'static str, &mut T)> {
        self.list.iter_mut().map(|(name, section)| (*name, section))
    }

    /// Returns what each member gave, to move items out of it.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.list.iter_mut().map(|(_, section)| section)
    }
}

impl<T> Default for Sections<T> {
    fn default() -> Self {
        Self { list: Vec::new() }
    }
}
