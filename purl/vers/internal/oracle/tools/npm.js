// The package semver of npm, in strict mode. Where it is not installed by itself, the copy
// that npm brings along is taken.
const path = require('path')

function load () {
  const beside = path.join(path.dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'node_modules')
  const file = require.resolve('semver/package.json', { paths: [process.cwd(), ...module.paths, beside, '/usr/share/nodejs'] })
  return [require(path.dirname(file)), require(file).version]
}

const [semver, version] = load()

function compare (a, b) {
  try {
    return new semver.SemVer(a).compare(new semver.SemVer(b))
  } catch (e) {
    if (!(e instanceof TypeError)) throw e
    return '!'
  }
}

if (process.argv.length > 2) {
  console.log(version)
} else {
  const lines = require('fs').readFileSync(0, 'utf8').split('\n')
  lines.pop()
  process.stdout.write(lines.map(line => compare(...line.split('\t')) + '\n').join(''))
}
