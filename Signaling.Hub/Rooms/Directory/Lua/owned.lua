-- Stands in front of the scripts by which a node speaks of its own peers.

-- The socket of a peer, if the node is still the authority for it in this generation, else nil.
local function owned(peer, node, generation)
  local text = redis.call('HGET', KEYS[1], 's:' .. peer)
  local socket = text and cjson.decode(text)
  if socket and socket.node == node and socket.generation == tonumber(generation) then return socket end
end
