//! Guesty: everything about its answers.

mod body;
mod bulk;
mod codes;
mod evidence;
mod items;
mod payments;
mod restrictions;
