package vers

// hex is the order of Erlang and Elixir packages: the module Version of Elixir, measured
// against 1.14.
//
//   - Semantic Versioning without a leading v; numbers of any size.
//   - Build metadata does not count.
func hex() Scheme { return &dialect{name: "hex", least: 3} }
