-- Stands in front of the scripts by which a node speaks of its own peers.

-- The socket of a peer, if the node is still the authority for it in this generation, else nil.
local function owned(peer, node, generation)
  local text = redis.call('HGET', KEYS[1], 's:' .. peer)
  local socket = text and cjson.decode(text)
  if socket and socket.node == node and socket.generation == tonumber(generation) then return socket end
end

-- The nodes that have peers in the room: all that have to be told of a change.
local function nodes()
  local found, known = {}, {}
  local fields = redis.call('HGETALL', KEYS[1])
  for i = 1, #fields, 2 do
    local node = string.sub(fields[i], 1, 2) == 's:' and cjson.decode(fields[i + 1]).node
    if node and not known[node] then
      known[node] = true
      found[#found + 1] = node
    end
  end
  return found
end
