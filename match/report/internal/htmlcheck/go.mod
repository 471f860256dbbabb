module github.com/affected-go/affected/match/report/internal/htmlcheck

go 1.25
