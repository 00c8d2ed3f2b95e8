-- Lets the copy of a region's part of a room live on, if nothing is missing in it.
-- KEYS[1] the copy
-- ARGV    epoch, version, time to live (s)
-- Returns whether nothing is missing
if not has(ARGV[1], tonumber(ARGV[2])) then return 0 end
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
