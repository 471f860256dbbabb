# Gem::Version of RubyGems.
if ARGV.any?
  puts Gem::VERSION
  exit
end

def version(text)
  Gem::Version.new(text)
rescue ArgumentError
  nil
end

$stdin.each_line(chomp: true) do |line|
  v, w = line.split("\t", -1).map { |text| version(text) }
  puts v && w ? v <=> w : '!'
end
