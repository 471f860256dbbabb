# version.pm, in lax form, as Perl reads the versions of modules.
use strict;
use version;
no warnings;

if (@ARGV) { print "$version::VERSION\n"; exit }

while (my $line = <STDIN>) {
    chomp $line;
    my ($v, $w) = map { my $text = $_; eval { version->parse($text) } } split /\t/, $line, -1;
    print defined $v && defined $w ? $v <=> $w : '!', "\n";
}
