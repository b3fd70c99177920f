-- One exchange between a process and the shared budget. The same steps as src/budget/*.ts, which is the description to read;
-- limiter.int.spec.ts holds the two against each other.
--
-- KEYS[1] the budget, one MessagePack value       ARGV[1] rules (JSON)   ARGV[2] ask (JSON)   ARGV[3] channel prefix
-- Steps:   read · expire · settle finished calls · renew and adopt · note waiters · give out slots · write · wake
-- Returns: the reply as JSON; numbers are whole and below 1e14, where cjson is exact
-- Time is the Redis clock, so no process's clock matters. Whole microseconds stay exact in a double and in MessagePack.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local R = cjson.decode(ARGV[1])
local ask = cjson.decode(ARGV[2])
local KEEP_MS = 86400000
local MINUTE, CLASSES, URGENT_MEMORY, LESSON, TRANSIT, QUICK_STEP = 60000000, 6, 10000000, 1000000, 20000, 1000
local floor, max, min = math.floor, math.max, math.min
-- A lease is a list, because there may be many: number, process, key, waiter index, start, end, fetched, bucket before, bucket after.
local NO, PROC, KEY, W, FROM, TIL, CLAIMED, BEFORE, AFTER = 1, 2, 3, 4, 5, 6, 7, 8, 9
local classOf = function(w) return w % CLASSES end
local kindOf = function(w) return floor(w / CLASSES) end

local function zeros(length)
  local list = {}
  for i = 1, length do list[i] = 0 end
  return list
end

-- the state

local stored = redis.call('GET', KEYS[1])
local S = stored and cmsgpack.unpack(stored) or nil

local function keyState(name)
  local key = S.keys[name]
  if not key then
    key = { tat = 0, factor = 1, factorAt = 0, cutAt = 0, blocked = 0, streak = 0, crowd = 0, bench = 0, quick = 0 }
    S.keys[name] = key
  end
  return key
end

local function intervalOf(key)
  local since = max(key.factorAt, min(key.blocked, now))
  if key.factor < 1 and now > since then
    local before = key.factor
    key.factor = min(1, before + (R.grow * (now - since)) / 1e6)
    if R.burst > 1 and key.tat > now then key.tat = now + floor(((key.tat - now) * before) / key.factor) end
  end
  key.factorAt = now
  return floor(R.intervalUs / key.factor)
end

local function drain(key, at)
  key.tat = max(key.tat, at + R.burst * intervalOf(key))
end

local function openState()
  local lost = S == nil or ask.t > S.tick
  if not S then
    S = { born = now, tick = ask.t, count = 0, openAt = 0, width = 1, evidence = 0, probeAt = 0, urgentAt = 0, minute = floor(now / MINUTE),
      used = zeros(CLASSES), usedBefore = zeros(CLASSES), passed = zeros(CLASSES), keys = {}, procs = {}, leases = {} }
  end
  if lost then
    S.openAt = now + R.settleUs
    S.tick = ask.t
  end
  if lost or ask.e == 1 then
    for _, name in ipairs(R.keys) do drain(keyState(name), max(now, S.openAt)) end
  end
  S.tick = S.tick + 1
  local minute = floor(now / MINUTE)
  if minute ~= S.minute then
    S.usedBefore = minute == S.minute + 1 and S.used or zeros(CLASSES)
    S.used = zeros(CLASSES)
    S.minute = minute
  end
  if S.openAt > now + R.settleUs then S.openAt = now end
end

local function fillZero(list)
  for i = 1, #list do list[i] = 0 end
end

local function expire()
  for id, lease in pairs(S.leases) do
    if lease[TIL] > now + 2 * R.leaseUs then lease[TIL] = now + R.leaseUs end
    if lease[TIL] < now then
      S.leases[id] = nil
      local owner = S.procs[lease[PROC]]
      if not lease[CLAIMED] and owner then fillZero(owner.n) end
    end
  end
  for name, proc in pairs(S.procs) do
    if proc.seen > now then proc.seen = now end
    if proc.seen < now - R.staleUs then fillZero(proc.n) end
    if proc.seen < now - MINUTE then S.procs[name] = nil end
  end
end

-- lanes and traffic

local function lanes()
  local width = R.scope == 'key' and #R.keys or (R.scope == 'account' and 1 or S.width)
  local open = {}
  for _, name in ipairs(R.keys) do
    if #open < width and keyState(name).bench <= now then open[#open + 1] = name end
  end
  return open
end

local function board(busy, lease)
  busy.total = busy.total + 1
  busy.byKey[lease[KEY]] = (busy.byKey[lease[KEY]] or 0) + 1
  for _, pool in ipairs(R.kinds[kindOf(lease[W]) + 1] or {}) do busy.byPool[pool + 1] = (busy.byPool[pool + 1] or 0) + 1 end
end

local function traffic()
  local busy = { total = 0, byKey = {}, byPool = zeros(#R.pools) }
  for _, lease in pairs(S.leases) do board(busy, lease) end
  return busy
end

local function slotAt(key, bulk)
  local interval = intervalOf(key)
  local latest = now + (R.burst + 2) * floor(interval / R.floor) + R.blockMaxUs
  if key.tat > latest then key.tat = now + R.burst * interval end
  if key.blocked > now + R.blockMaxUs then key.blocked = now + R.blockMaxUs end
  local burst = bulk and R.burst - R.reserve or R.burst
  return max(now, key.blocked, key.tat - (burst - 1) * interval), interval
end

-- what finished calls teach

local function slower(key)
  if key.cutAt > 0 and now < key.cutAt + LESSON and key.streak > 0 then return end
  intervalOf(key)
  key.factor = max(R.floor, key.factor * R.cut)
  key.cutAt = now
  key.streak = key.streak + 1
end

local learn = {}

function learn.answered(key, done, lease)
  key.streak = 0
  key.crowd = 0
  local interval, ran, remaining = intervalOf(key), done[5], done[8] or -1
  if remaining >= 0 and remaining < R.burst then key.tat = max(key.tat, now + (R.burst - remaining) * interval) end
  if R.burst == 1 and lease and ran >= 0 then
    local onItsWay = min(TRANSIT, max(0, ran - key.quick))
    key.quick = min(ran, key.quick + max(QUICK_STEP, floor(key.quick / 50)))
    key.tat = max(key.tat, now - ran + onItsWay + interval)
  end
  if R.scope ~= 'auto' or not lease then return end
  S.evidence = S.evidence + 1
  if S.evidence < R.widenAfter or now < S.probeAt or S.width >= #R.keys then return end
  S.width = S.width + 1
  S.evidence = 0
end

function learn.throttled(key, done, _, stop)
  slower(key)
  local forUs, untilUs = done[6] or -1, done[7] or -1
  local named = forUs >= 0 and forUs or (untilUs >= 0 and untilUs - now or 0)
  local wait = named > 0 and named or R.blockUs * 2 ^ min(10, key.streak - 1)
  key.blocked = max(key.blocked, now + min(R.blockMaxUs, wait))
  key.tat = max(key.tat, key.blocked + (R.burst - 1) * intervalOf(key))
  stop[done[2]] = true
end

function learn.crowded(key, done, _, stop)
  key.crowd = key.crowd + 1
  if R.cutOnCrowding then slower(key) end
  local pause = min(R.pauseMaxUs, R.pauseUs * key.crowd)
  if R.scope == 'auto' and S.width > 1 then
    S.width = 1
    S.probeAt = now + R.probeUs
  end
  S.evidence = 0
  local hit = { [done[2]] = true }
  if R.scope ~= 'key' then
    for _, name in ipairs(lanes()) do hit[name] = true end
  end
  for name in pairs(hit) do
    local lane = keyState(name)
    lane.blocked = max(lane.blocked, now + pause)
    stop[name] = true
  end
end

function learn.refused(key, done, _, stop)
  if R.benchUs <= 0 then return end
  local others = false
  for _, name in ipairs(R.keys) do
    if name ~= done[2] and keyState(name).bench <= now then others = true end
  end
  key.bench = now + (others and R.benchUs or R.benchLastUs)
  stop[done[2]] = true
end

function learn.unused(key, _, lease)
  if lease and lease[AFTER] == key.tat then key.tat = lease[BEFORE] end
end

function learn.lost() end

local function settle(wake)
  local stop = {}
  for _, done in ipairs(ask.d) do
    local lease = S.leases[done[1]]
    S.leases[done[1]] = nil
    learn[done[4]](keyState(done[2]), done, lease, stop)
  end
  for id, lease in pairs(S.leases) do
    if stop[lease[KEY]] and lease[FROM] > now then
      S.leases[id] = nil
      wake[lease[PROC]] = true
    end
  end
  return stop
end

local function adopt(me)
  local holds = {}
  for _, held in ipairs(ask.h) do
    holds[held[1]] = true
    if not S.leases[held[1]] then
      S.leases[held[1]] = { 0, ask.p, held[2], held[3], now, 0, true, 0, -1 }
    end
  end
  for i = 1, #me.n do
    me.n[i] = ask.n[i] or 0
    me.since[i] = now - (ask.a[i] or 0)
  end
  for id, lease in pairs(S.leases) do
    if lease[PROC] == ask.p then
      lease[TIL] = max(now, lease[FROM]) + R.leaseUs
      lease[CLAIMED] = true
      if not holds[id] then me.n[lease[W] + 1] = max(0, (me.n[lease[W] + 1] or 0) - 1) end
    end
  end
end

-- giving out slots

local laneOrders = {}

local function laneOrder(count, class)
  local order = laneOrders[class]
  if order then return order end
  order = {}
  laneOrders[class] = order
  if class < R.urgent then
    for lane = 1, count do order[lane] = lane end
  else
    for lane = count, (class >= R.longFrom and count >= 2) and 2 or 1, -1 do order[#order + 1] = lane end
  end
  return order
end

local function yields(w)
  return classOf(w) >= R.urgent and S.urgentAt > now - URGENT_MEMORY
end

local function poolsFree(busy, w, yielding)
  for _, index in ipairs(R.kinds[kindOf(w) + 1] or {}) do
    local pool = R.pools[index + 1]
    if not pool or (busy.byPool[index + 1] or 0) >= pool.limit - (yielding and pool.reserve or 0) then return false end
  end
  return true
end

local function slotFor(open, busy, w)
  local class, yielding = classOf(w), yields(w)
  if busy.total >= #open * R.inFlight or not poolsFree(busy, w, yielding) then return nil end
  local limit = R.inFlight - (yielding and R.inFlightReserve or 0)
  local foundKey, foundStart
  for _, lane in ipairs(laneOrder(#open, class)) do
    local name = open[lane]
    if (busy.byKey[name] or 0) < limit then
      local start, interval = slotAt(keyState(name), class >= R.urgent)
      if start <= now + min(R.horizonUs, interval) and (not foundStart or start < foundStart) then foundKey, foundStart = name, start end
    end
  end
  return foundKey, foundStart
end

local function leastServed(w)
  local found, least
  for name, proc in pairs(S.procs) do
    if (proc.n[w + 1] or 0) >= 1 then
      local served = proc.served[w + 1] or 0
      if not found or served < least or (served == least and name < found) then found, least = name, served end
    end
  end
  return found
end

local function agedClasses()
  local aged = {}
  for _, proc in pairs(S.procs) do
    for i, count in ipairs(proc.n) do
      if count > 0 and (proc.since[i] or now) <= now - R.ageUs then aged[classOf(i - 1)] = true end
    end
  end
  return aged
end

local function waitingByClass()
  local waiting = zeros(CLASSES)
  for _, proc in pairs(S.procs) do
    for i, count in ipairs(proc.n) do
      local class = classOf(i - 1) + 1
      waiting[class] = waiting[class] + count
    end
  end
  return waiting
end

local function classOrder(waiting)
  local order = {}
  for class = 0, CLASSES - 1 do
    if waiting[class + 1] > 0 then order[#order + 1] = class end
  end
  local due = (order[1] or CLASSES) < R.urgent and R.turnUrgent or R.turnBulk
  local turn
  for i = 2, #order do
    local passed = S.passed[order[i] + 1]
    if passed >= due and (not turn or passed > S.passed[turn + 1]) then turn = order[i] end
  end
  if turn then table.insert(order, 1, turn) end
  return order, turn ~= nil
end

local function best(open, busy, order)
  for _, class in ipairs(order) do
    for kind = 0, #R.kinds - 1 do
      local w = kind * CLASSES + class
      local proc = leastServed(w)
      if proc then
        local key, start = slotFor(open, busy, w)
        if key then return proc, w, key, start end
      end
    end
  end
end

local function grant(busy, prefix, name, w, keyName, start)
  local key, proc = keyState(keyName), S.procs[name]
  local before = key.tat
  key.tat = max(key.tat, start) + intervalOf(key)
  S.count = S.count + 1
  local claimed = name == ask.p
  local til = claimed and start + R.leaseUs or now + R.offerUs
  local lease = { S.count, name, keyName, w, start, til, claimed, before, key.tat }
  S.leases[prefix .. string.format('%.0f', S.count)] = lease
  board(busy, lease)
  proc.n[w + 1] = proc.n[w + 1] - 1
  proc.served[w + 1] = S.count
  local class = classOf(w)
  if class < R.urgent then S.urgentAt = now end
  S.used[class + 1] = S.used[class + 1] + 1
end

local function allocate(wake)
  local waiting, busy = waitingByClass(), traffic()
  if now < S.openAt then return waiting, busy end
  local open, aged = lanes(), agedClasses()
  local prefix, ageing = string.format('%.0f-', S.born), next(aged) ~= nil
  local order, turn = classOrder(waiting)
  while true do
    local proc, w, key, start = best(open, busy, order)
    if not proc then return waiting, busy end
    grant(busy, prefix, proc, w, key, start)
    wake[proc] = true
    local granted = classOf(w)
    waiting[granted + 1] = waiting[granted + 1] - 1
    S.passed[granted + 1] = 0
    for class = granted + 1, CLASSES - 1 do S.passed[class + 1] = aged[class] and S.passed[class + 1] + 1 or 0 end
    if turn or ageing or waiting[granted + 1] == 0 then order, turn = classOrder(waiting) end -- else it is the same
  end
end

-- the reply

local function firstWaiting(proc)
  local found
  for i, count in ipairs(proc.n) do
    if count > 0 and (not found or classOf(i - 1) < classOf(found)) then found = i - 1 end
  end
  return found
end

local function ahead(me, mine)
  local count = 0
  for other, proc in pairs(S.procs) do
    local theirs = other ~= ask.p and firstWaiting(proc) or nil
    if theirs then
      local a, b = proc.served[theirs + 1] or 0, me.served[mine + 1] or 0
      if classOf(theirs) < classOf(mine) or (classOf(theirs) == classOf(mine) and (a < b or (a == b and other < ask.p))) then count = count + 1 end
    end
  end
  return count
end

local function untilSlot(open, busy, w)
  local soonest
  for _, lane in ipairs(laneOrder(#open, classOf(w))) do
    local name = open[lane]
    if (busy.byKey[name] or 0) < R.inFlight then
      local start, interval = slotAt(keyState(name), classOf(w) >= R.urgent)
      local wait = start - min(R.horizonUs, interval) - now
      if wait > 0 and (not soonest or wait < soonest) then soonest = wait end
    end
  end
  return soonest
end

local function freedPlace(busy)
  local count = {}
  for _, done in ipairs(ask.d) do
    count[done[2]] = (count[done[2]] or 0) + 1
    if (busy.byKey[done[2]] or 0) + count[done[2]] >= R.inFlight then return true end
  end
  return false
end

local function nextAsk(me, busy)
  local mine, freed = firstWaiting(me), freedPlace(busy)
  if not mine and not freed then return -1 end
  local counts, anybody = me.n, mine ~= nil
  if not mine then
    counts = zeros(#me.n)
    for _, proc in pairs(S.procs) do
      for i, count in ipairs(proc.n) do
        counts[i] = (counts[i] or 0) + count
        anybody = anybody or count > 0
      end
    end
  end
  if not anybody then return -1 end
  local open = lanes()
  local turn = now < S.openAt and S.openAt - now or nil
  for i, count in ipairs(counts) do
    if count > 0 and poolsFree(busy, i - 1, yields(i - 1)) then
      local wait = untilSlot(open, busy, i - 1)
      if wait and (not turn or wait < turn) then turn = wait end
    end
  end
  if not turn then return R.againUs end
  local line = (freed or not mine) and 0 or floor((ahead(me, mine) * R.intervalUs) / max(1, #open))
  return max(1000, min(R.againUs, turn + line))
end

-- in no order; the process sorts them by number
local function grants()
  local held, list = {}, {}
  for _, lease in ipairs(ask.h) do held[lease[1]] = true end
  for id, lease in pairs(S.leases) do
    if lease[PROC] == ask.p and not held[id] then list[#list + 1] = { id, lease[KEY], lease[W], max(0, lease[FROM] - now), lease[NO] } end
  end
  return list
end

local function views(busy)
  local list = {}
  for i, name in ipairs(R.keys) do
    local key = keyState(name)
    intervalOf(key)
    list[i] = { floor(key.factor * 1e6), max(0, key.blocked - now), max(0, key.bench - now), busy.byKey[name] or 0 }
  end
  return list
end

local function reply(me, waiting, busy, stale)
  local procs = 0
  for _, proc in pairs(S.procs) do
    if firstWaiting(proc) then procs = procs + 1 end
  end
  local left, used = 1 - (now - S.minute * MINUTE) / MINUTE, {}
  for i = 1, CLASSES do used[i] = floor(S.usedBefore[i] * left + S.used[i]) end
  return cjson.encode({ stale = stale, tick = S.tick, grants = stale and {} or grants(), again = stale and R.againUs or nextAsk(me, busy),
    width = S.width, keys = views(busy), waiting = waiting, used = used, procs = procs })
end

-- the exchange

local known = S and S.procs[ask.p]
if known and ask.s <= known.seq then return reply(known, waitingByClass(), traffic(), true) end
openState()
local length = #R.kinds * CLASSES
local me = S.procs[ask.p]
if not me or #me.n ~= length then
  me = { seq = 0, seen = 0, n = zeros(length), since = zeros(length), served = zeros(length) }
  S.procs[ask.p] = me
end
me.seq = ask.s
me.seen = now
expire()
local wake = {}
local stop = settle(wake)
adopt(me)
local waiting, busy = allocate(wake)
local answer = reply(me, waiting, busy, false)
redis.call('SET', KEYS[1], cmsgpack.pack(S), 'PX', KEEP_MS)
for name in pairs(stop) do redis.call('PUBLISH', ARGV[3] .. 'stop', ask.p .. ' ' .. name) end
wake[ask.p] = nil
for name in pairs(wake) do redis.call('PUBLISH', ARGV[3] .. name, 'wake') end
return answer
