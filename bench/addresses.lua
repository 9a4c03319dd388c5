-- Every request comes from one of some thousand addresses, as through a proxy.
local ready, at = {}, 0

function init()
    for i = 1, 4000 do
        wrk.headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", i % 7, i % 251, i % 241)
        ready[i] = wrk.format()
    end
end

function request()
    at = at % #ready + 1
    return ready[at]
end
