import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import org.apache.maven.artifact.versioning.ComparableVersion;

/** ComparableVersion of Maven, which refuses nothing. */
class Maven {
    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            System.out.println(ComparableVersion.class.getPackage().getImplementationVersion());
            return;
        }
        StringBuilder out = new StringBuilder();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] pair = line.split("\t", -1);
            out.append(Integer.signum(new ComparableVersion(pair[0]).compareTo(new ComparableVersion(pair[1]))));
            out.append('\n');
        }
        System.out.print(out);
    }
}
