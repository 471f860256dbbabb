module github.com/affected-go/affected

go 1.25

require (
	github.com/hashicorp/go-version v1.9.0
	github.com/package-url/packageurl-go v0.1.7
	github.com/stretchr/testify v1.12.1
)

require go.yaml.in/yaml/v3 v3.0.5 // indirect
