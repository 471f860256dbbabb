// Package oracle asks the real tools whether the schemes of package vers are right: dpkg,
// rpm, pacman, npm, RubyGems and others compare the same random pairs of versions, and
// every answer that differs has to be explained by a line of exceptions.txt.
//
// It is a module of its own, so that running programs is no matter of the library. What is
// here for good are the tests; see README.md for how to install the tools and run them.
package oracle
