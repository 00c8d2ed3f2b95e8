-- Stands in front of the scripts that keep the copy of a region's part of a room.

-- Whether the copy is of this epoch and has every version up to this one.
local function has(epoch, version)
  return redis.call('HGET', KEYS[1], 'e') == epoch and tonumber(redis.call('HGET', KEYS[1], 'v')) >= version and redis.call('HEXISTS', KEYS[1], 'a') == 0
end
