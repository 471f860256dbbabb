package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/report"
)

// TestSARIF: what may be affected fails, and only what is clear passes; an accepted risk is
// suppressed, and errors make the run unsuccessful.
func TestSARIF(t *testing.T) {
	var b bytes.Buffer
	require.ErrorIs(t, report.SARIF(&b, entries(t), options), report.ErrIncomplete)
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Invocations []struct {
				ExecutionSuccessful        bool
				ToolExecutionNotifications []struct{ Level string }
			}
			Results []struct {
				RuleID, Kind, Level string
				RuleIndex           int
				Properties          map[string]string
				Suppressions        []struct{ Kind, Status string }
			}
		}
	}
	require.NoError(t, json.Unmarshal(b.Bytes(), &log))
	run := log.Runs[0]
	assert.False(t, run.Invocations[0].ExecutionSuccessful)
	assert.Len(t, run.Invocations[0].ToolExecutionNotifications, 1)
	kinds := map[string]string{"affected": "fail error", "unknown": "fail warning", "under_investigation": "fail warning", "fixed": "pass none", "not_affected": "pass none"}
	suppressed := 0
	for _, r := range run.Results {
		assert.Equal(t, kinds[r.Properties["verdict"]], r.Kind+" "+r.Level, r.RuleID)
		assert.Equal(t, r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
		suppressed += len(r.Suppressions)
	}
	assert.Equal(t, 1, suppressed)
}

func ExampleSARIF() {
	m, hosts := example()
	results := m.Scan(context.Background(), hosts, match.ScanOptions{})
	var b bytes.Buffer
	if err := report.SARIF(&b, report.Entries(m, results), report.Options{}); err != nil {
		fmt.Println(err)
	}
	var log struct {
		Runs []struct {
			Results []struct{ Message struct{ Text string } }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		fmt.Println(err)
	}
	fmt.Fprintln(os.Stdout, log.Runs[0].Results[0].Message.Text)
	// Output: Gateway 4.1.7 on gw-1: affected by CVE-2026-0001. in [4.0, 4.2.1), Acme ACME-1. Fix: 4.2.1.
}
