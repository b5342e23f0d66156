//! Guesty: everything about its answers.

mod body;
mod bulk;
mod codes;
mod items;
