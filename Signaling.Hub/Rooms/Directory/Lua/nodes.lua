-- Stands in front of the scripts that make a change.

-- The nodes of this region that have peers in the room: all that have to be told of the change.
local function nodes(room)
  local found, known = {}, {}
  local fields = redis.call('HGETALL', room)
  for i = 1, #fields, 2 do
    local node = string.sub(fields[i], 1, 2) == 's:' and cjson.decode(fields[i + 1]).node
    if node and not known[node] then
      known[node] = true
      found[#found + 1] = node
    end
  end
  return found
end
