module github.com/affected-go/affected

go 1.25

require (
	github.com/hashicorp/go-version v1.9.0 // indirect
	github.com/package-url/packageurl-go v0.1.7 // indirect
	github.com/stretchr/testify v1.12.1 // indirect
)
