package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTooLong(t *testing.T) {
	_, err := (&limited{strings.NewReader("12345"), 4}).Read(make([]byte, 8))
	assert.ErrorIs(t, err, errTooLong)
	n, err := (&limited{strings.NewReader("12345"), 5}).Read(make([]byte, 8))
	assert.Equal(t, 5, n)
	assert.NoError(t, err)
}
