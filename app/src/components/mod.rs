//! Parts that screens share: no data access, only values in and markup out.
pub(crate) mod badge;
pub(crate) mod bar;
pub(crate) mod chart;
pub(crate) mod field;
pub(crate) mod heat;
pub(crate) mod interval;
pub(crate) mod layout;
pub(crate) mod link;
pub(crate) mod method;
pub(crate) mod picture;
pub(crate) mod problem;
pub(crate) mod side_by_side;
pub(crate) mod synset_list;
pub(crate) mod time;
pub(crate) mod tree;
