-- Stands in front of the scripts that read a whole room: KEYS[2] and further ones hold its peers in other regions, one key a region.

-- What HGETALL says of each of them, and how many peers that is.
local function replicas()
  local all, peers = {}, 0
  for k = 2, #KEYS do
    local fields = redis.call('HGETALL', KEYS[k])
    for i = 1, #fields, 2 do
      if string.sub(fields[i], 1, 2) == 's:' then peers = peers + 1 end
    end
    all[#all + 1] = fields
  end
  return all, peers
end
