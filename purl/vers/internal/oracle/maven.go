package oracle

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// mavenJars are where the jars of Maven lie: the artifact with ComparableVersion, and the
// library that it needs. Debian comes first, then an unpacked Maven.
var mavenJars = [][2]string{
	{"/usr/share/java/maven3-artifact.jar", "/usr/share/java/commons-lang3.jar"},
	{"/usr/share/maven/lib/maven-artifact-3*.jar", "/usr/share/maven/lib/commons-lang3*.jar"},
	{"$MAVEN_HOME/lib/maven-artifact-3*.jar", "$MAVEN_HOME/lib/commons-lang3*.jar"},
}

// mavenSeries is what the scheme follows. Later ones order some versions in another way.
const mavenSeries = "3.8."

// openMaven compiles and runs the class with the java of a development kit.
func openMaven(ctx context.Context, folder string) (Opened, error) {
	for _, names := range mavenJars {
		var path []string
		for _, name := range names {
			found, err := filepath.Glob(os.ExpandEnv(name))
			if err != nil {
				return Opened{}, err
			}
			path = append(path, found...)
		}
		if len(path) == 0 {
			continue
		}
		opened, err := command([]string{"java", "-Xshare:auto", "-cp", strings.Join(path, ":"), "tools/Maven.java"})(ctx, folder)
		if err == nil && !strings.HasPrefix(opened.Version, mavenSeries) {
			err = fmt.Errorf("%w: it is %s and not %sx", ErrMissing, opened.Version, mavenSeries)
		}
		return opened, err
	}
	return Opened{}, ErrMissing
}
