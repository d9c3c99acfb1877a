"""Why an exercise failed, from its calls and what they returned: a known mistake of solutions/mistakes, or a family of
mistakes that nobody had to write down. Used by `session`.

evidence (what was called, and what came back) → bank, variations (wrong answers that might be the student's) → naming.
All of it runs the course's own code on the tests' inputs; student code has done its part by then."""
