package vers

// nginx is the order of the web server's releases: three numbers (1.25.3). An even second
// number is a stable branch, an odd one is mainline; that decides what an advisory's
// "1.20.1+" means and not the order.
//
//   - Numbers compare as numbers of any size; fewer than three name a branch.
//   - What Semantic Versioning allows behind them is read by its rules, as the VERS type
//     does; nginx itself never published such a version.
func nginx() Scheme { return &dialect{name: "nginx", least: 3} }
