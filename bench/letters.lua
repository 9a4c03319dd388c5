-- Letters to the organisation: the fields of the form with one of its tokens, words that nobody wrote
-- before, and an address that nobody had before.
local at = 0
local fields = os.getenv("FIELDS")
local forms = {}
for form in io.lines(os.getenv("FORMS")) do
    forms[#forms + 1] = form
end
local words = {"cykelbana", "lekplats", "bibliotek", "park", "skola", "torg", "brygga", "skog"}

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Accept"] = "text/html"
wrk.headers["Sec-Fetch-Site"] = "same-origin"

local function letter(number)
    local said = {}
    while number > 0 do
        said[#said + 1] = words[number % #words + 1]
        number = math.floor(number / #words)
    end
    return table.concat(said, "+")
end

local run = letter(os.time())

function request()
    at = at + 1
    wrk.headers["X-Forwarded-For"] =
        string.format("10.%d.%d.%d", at / 65536 % 256, at / 256 % 256, at % 256)
    return wrk.format(nil, nil, nil, fields .. "&form=" .. forms[at % #forms + 1] .. "&message=Hej+" .. run .. "+" .. letter(at))
end
