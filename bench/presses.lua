-- Presses on the ballot by many voters in turn: each chooses an option, and takes it off again in the
-- next round, so that every press writes. VOTERS names a file with a session and a form token a line.
local at = tonumber(os.getenv("START")) -- where the last run ended
local voters = {}
for session, form in io.open(os.getenv("VOTERS")):read("*a"):gmatch("(%S+) (%S+)\n") do
    voters[#voters + 1] = {session = session, form = form}
end

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Accept"] = "text/html"
wrk.headers["Sec-Fetch-Site"] = "same-origin"

function request()
    local voter = voters[at % #voters + 1]
    local round = math.floor(at / #voters)
    at = at + 1
    wrk.headers["Cookie"] = voter.session
    wrk.headers["X-Forwarded-For"] =
        string.format("10.%d.%d.%d", at / 65536 % 256, at / 256 % 256, at % 256)
    return wrk.format(nil, nil, nil, "act=" .. (round % 2 == 0 and "choose" or "remove") ..
        "&option=" .. os.getenv("OPTION") .. "&form=" .. voter.form)
end
