//! Which single keys do what. They can be changed and switched off (WCAG 2.1.4). Pure.

/// What a single key does to the tile that has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Unsure,
    Zoom,
    Broken,
    Offensive,
    Sheet,
}

/// All of them, in the order of the sheet.
pub(super) const ACTS: [Act; 5] = [Act::Unsure, Act::Zoom, Act::Broken, Act::Offensive, Act::Sheet];

/// The worker's own keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KeyMap {
    /// Single keys act at all.
    pub(super) is_on: bool,
    /// A mouse that rests on a picture shows it large.
    pub(super) rests: bool,
    keys: [char; 5],
}

impl Default for KeyMap {
    fn default() -> Self {
        Self { is_on: true, rests: true, keys: ['u', 'z', 'x', '!', '?'] }
    }
}

impl KeyMap {
    /// What a key does, if anything.
    pub(super) fn act(&self, key: &str) -> Option<Act> {
        let pressed = single(key).filter(|_| self.is_on)?;
        ACTS.iter().zip(self.keys).find(|(_, key)| *key == pressed).map(|(act, _)| *act)
    }

    /// The key for an act.
    pub(super) fn key(&self, wanted: Act) -> char {
        ACTS.iter().zip(self.keys).find(|(act, _)| **act == wanted).map_or(' ', |(_, key)| key)
    }

    /// Gives an act another key; the act that had it gets the old one. What is no single visible character changes nothing.
    pub(super) fn remap(&mut self, wanted: Act, key: &str) {
        let Some(new) = single(key) else { return };
        let old = self.key(wanted);
        for (act, key) in ACTS.iter().zip(&mut self.keys) {
            if *act == wanted {
                *key = new;
            } else if *key == new {
                *key = old;
            }
        }
    }

    /// The map as a line to be kept in the browser.
    pub(super) fn to_line(self) -> String {
        let switch = |is_on| if is_on { '1' } else { '0' };
        [switch(self.is_on), switch(self.rests)].into_iter().chain(self.keys).collect()
    }

    /// Reads [`Self::to_line`]'s line; what it does not say is as at first.
    pub(super) fn from_line(line: &str) -> Self {
        let mut map = Self::default();
        let mut letters = line.chars();
        map.is_on = letters.next() != Some('0');
        map.rests = letters.next() != Some('0');
        for (act, key) in ACTS.into_iter().zip(letters) {
            map.remap(act, key.encode_utf8(&mut [0; 4]));
        }
        map
    }
}

/// A key's one character, small; none for keys with a name, like `Enter`.
fn single(key: &str) -> Option<char> {
    let mut letters = key.chars().flat_map(char::to_lowercase);
    letters
        .next()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control() && letters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_characters_act_and_named_keys_do_not() {
        let map = KeyMap::default();
        assert_eq!(
            (map.act("u"), map.act("U"), map.act("!")),
            (Some(Act::Unsure), Some(Act::Unsure), Some(Act::Offensive))
        );
        assert_eq!((map.act("Enter"), map.act(" "), map.act("")), (None, None, None));
    }

    #[test]
    fn switched_off_none_acts() {
        let map = KeyMap { is_on: false, ..KeyMap::default() };
        assert_eq!(map.act("u"), None);
    }

    #[test]
    fn two_acts_never_share_a_key() {
        let mut map = KeyMap::default();
        map.remap(Act::Unsure, "Z");
        assert_eq!((map.act("z"), map.act("u")), (Some(Act::Unsure), Some(Act::Zoom)));
        map.remap(Act::Unsure, "Tab");
        assert_eq!(map.key(Act::Unsure), 'z');
    }

    #[test]
    fn a_kept_map_comes_back() {
        let mut map = KeyMap { rests: false, ..KeyMap::default() };
        map.remap(Act::Broken, "b");
        map.remap(Act::Unsure, "z");
        assert_eq!(KeyMap::from_line(&map.to_line()), map);
        assert_eq!(KeyMap::from_line(""), KeyMap::default());
    }
}
