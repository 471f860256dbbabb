module github.com/affected-go/affected/purl/vers/internal/oracle

go 1.25

require (
	github.com/affected-go/affected v0.0.0-00010101000000-000000000000
	github.com/hashicorp/go-version v1.9.0
	github.com/stretchr/testify v1.12.1
	golang.org/x/mod v0.30.0
)

require go.yaml.in/yaml/v3 v3.0.5 // indirect

replace github.com/affected-go/affected => ../../../..
