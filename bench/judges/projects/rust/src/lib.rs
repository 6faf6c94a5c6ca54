pub mod orders;
pub mod report;
