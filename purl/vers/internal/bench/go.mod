module github.com/affected-go/affected/purl/vers/internal/bench

go 1.25.6

require (
	deps.dev/util/semver v0.0.0-20260727054525-2946ae4a6141
	github.com/affected-go/affected v0.0.0
	github.com/git-pkgs/vers v0.2.4
	github.com/stretchr/testify v1.12.1
	golang.org/x/mod v0.30.0
)

require (
	github.com/hashicorp/go-version v1.9.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)

replace github.com/affected-go/affected => ../../../..
