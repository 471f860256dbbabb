-- The versions of LuaRocks, which warns about text that it cannot read.
local util = require("luarocks.core.util")
local refused = false
util.warning = function() refused = true end
local vers = require("luarocks.core.vers")

if arg[1] then
  local cfg = require("luarocks.core.cfg")
  cfg.init()
  print(cfg.program_version .. ", " .. _VERSION)
  os.exit(0)
end

for line in io.lines() do
  local a, b = line:match("^(.-)\t(.*)$")
  refused = false
  local v, w = vers.parse_version(a), vers.parse_version(b)
  if refused or not v or not w then
    print("!")
  else
    print(v < w and -1 or w < v and 1 or 0)
  end
end
