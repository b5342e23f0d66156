//! Wix: everything about its answers.

mod body;
mod bulk;
mod codes;
mod evidence;
mod parameters;
mod violations;
