# The module Version of Elixir.
compare = fn a, b ->
  case {Version.parse(a), Version.parse(b)} do
    {{:ok, v}, {:ok, w}} -> %{lt: -1, eq: 0, gt: 1}[Version.compare(v, w)]
    _ -> "!"
  end
end

case System.argv() do
  [] ->
    IO.stream(:stdio, :line)
    |> Stream.map(fn line ->
      [a, b] = line |> String.trim_trailing("\n") |> String.split("\t")
      "#{compare.(a, b)}\n"
    end)
    |> Stream.chunk_every(1000)
    |> Enum.each(&IO.write/1)

  _ ->
    IO.puts(System.version())
end
