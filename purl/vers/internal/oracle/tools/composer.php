<?php
// composer/semver: a version is normalized, then PHP's version_compare orders it. Two
// branches of a repository have no order in Composer; the library has them by name. What
// begins with a number and does not normalize goes to version_compare as it stands, without
// what normalizing takes away first: an alias, a stability behind an at sign, metadata.
$autoload = stream_resolve_include_path('Composer/Semver/autoload.php')
    ?: stream_resolve_include_path('vendor/autoload.php');
if ($autoload === false) {
    fwrite(STDERR, "no composer/semver\n");
    exit(1);
}
require $autoload;

if ($argc > 1) {
    $version = trim((string) shell_exec('dpkg-query -W -f \'${Version}\' php-composer-semver 2>/dev/null'));
    if ($version === '' && class_exists('Composer\InstalledVersions')) {
        $version = Composer\InstalledVersions::getPrettyVersion('composer/semver');
    }
    echo $version, ', PHP ', PHP_VERSION, "\n";
    exit;
}

function read(Composer\Semver\VersionParser $parser, string $text): ?string
{
    try {
        return $parser->normalize($text);
    } catch (UnexpectedValueException $e) {
        $text = preg_replace('/^([^,\s]+) +as +[^,\s]+$/', '$1', trim($text));
        $text = preg_replace('/@(stable|rc|beta|alpha|dev)$/i', '', $text);
        $text = preg_replace('/^([^,\s+]+)\+\S+$/', '$1', $text);
        return preg_match('/^[0-9][^\s,]*$/', $text) ? $text : null;
    }
}

$parser = new Composer\Semver\VersionParser();
while (($line = fgets(STDIN)) !== false) {
    [$a, $b] = explode("\t", rtrim($line, "\n"));
    $v = read($parser, $a);
    $w = read($parser, $b);
    if ($v === null || $w === null) {
        echo "!\n";
        continue;
    }
    $branches = strncmp($v, 'dev-', 4) === 0 && strncmp($w, 'dev-', 4) === 0;
    echo ($branches ? strcmp($v, $w) : version_compare($v, $w)) <=> 0, "\n";
}
