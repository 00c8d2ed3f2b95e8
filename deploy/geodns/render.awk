# Writes what Knot DNS answers for one name, from regions.txt, places.txt and subnets.txt.
#
#   awk -f render.awk -v name=signaling.example.com -v down="seoul" -v mode=subnet \
#     kind=region regions.txt kind=place places.txt kind=subnet subnets.txt
#
# mode: subnet and geodb write a file for the geoip module, unknown the records for clients whose place is unknown.
# down: the regions that are not ready. Ends with 1 and a message when the tables contradict each other.

{ sub(/#.*/, "") }
NF == 0 { next }

kind == "region" {
    address[$1] = $2
    address6[$1] = $3
    preference[$1] = $1
    for (i = 5; i <= NF; i++) preference[$1] = preference[$1] " " $i
}

kind == "place" {
    if (!($3 in address)) refuse("no such region: " $3)
    places[++count] = $1 ";" $2
    home[$1 ";" $2] = $3
}

kind == "subnet" {
    bits = bits_of($1)
    if (bits == "") refuse("not a subnet: " $1)
    owner[bits] = region_of($2, $3)
    for (length_of = 1; length_of < length(bits); length_of++) divided[substr(bits, 1, length_of)]
}

END {
    if (refused) exit 1
    if (!("*;*" in home)) refuse("places.txt has no line for * *")
    if (refused) exit 1
    if (mode == "unknown") {
        print name ". 30 A " address[serving(home["*;*"])]
        print name ". 30 AAAA " address6[serving(home["*;*"])]
        exit
    }

    print name ":"
    if (mode == "geodb") for (i = 1; i <= count; i++) print_place(places[i])
    else { cover("4", home["*;*"]); cover("6", home["*;*"]) }
}

function refuse(reason) {
    print kind "s.txt: " reason > "/dev/stderr"
    refused = 1
}

function region_of(continent, country) {
    if (continent ";" country in home) return home[continent ";" country]
    if (continent ";*" in home) return home[continent ";*"]
    return home["*;*"]
}

# The first ready region in a region's order of preference; itself when none is.
function serving(region,   order, n, i) {
    n = split(preference[region], order, " ")
    for (i = 1; i <= n; i++) if (index(" " down " ", " " order[i] " ") == 0) return order[i]
    return region
}

function print_view(key, region) {
    print "  - " key
    print "    A: " address[serving(region)]
    print "    AAAA: " address6[serving(region)]
}

function print_place(place) {
    if (place == "*;*") return # The zone's own records answer.
    region = home[place]
    sub(/;\*$/, "", place)
    print_view("geo: \"" place "\"", region)
}

# Divides a family's whole space so that no two subnets overlap. A resolver reuses an answer for the subnet that it is given with; it must not
# reuse the one for "everywhere else", or for an outer subnet, for clients of an inner one (RFC 7871, section 7.2.1).
function cover(bits, region) {
    if (bits in owner) region = owner[bits]
    if (bits in divided) {
        cover(bits "0", region)
        cover(bits "1", region)
    } else print_view("net: " subnet_of(bits), region)
}

# A subnet as "4" or "6" and the bits of its prefix; nothing when it is none.
function bits_of(subnet,   half, group, n, i, bits) {
    if (split(subnet, half, "/") != 2 || half[2] !~ /^[0-9]+$/) return ""
    if (half[1] ~ /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/ && half[2] <= 128) return "6" substr(bits_of_groups(half[1]), 1, half[2])
    n = split(half[1], group, ".")
    if (n != 4 || half[2] > 32) return ""
    for (i = 1; i <= n; i++) {
        if (group[i] !~ /^[0-9]+$/ || group[i] > 255) return ""
        bits = bits binary(group[i], 8)
    }
    return "4" substr(bits, 1, half[2])
}

# "::" stands for as many groups of zeros as there is room for.
function bits_of_groups(text,   at, left, right, l, r, i, bits) {
    at = index(text, "::")
    l = split(at ? substr(text, 1, at - 1) : text, left, ":")
    r = split(at ? substr(text, at + 2) : "", right, ":")
    for (i = 1; i <= l; i++) bits = bits binary(hexadecimal(left[i]), 16)
    for (i = l + r; i < 8; i++) bits = bits binary(0, 16)
    for (i = 1; i <= r; i++) bits = bits binary(hexadecimal(right[i]), 16)
    return bits
}

function subnet_of(bits,   family, prefix, width, text, i) {
    family = substr(bits, 1, 1)
    bits = substr(bits, 2)
    prefix = length(bits)
    width = family == "4" ? 8 : 16
    while (length(bits) < (family == "4" ? 32 : 128)) bits = bits "0"
    for (i = 1; i <= length(bits); i += width)
        text = text (i > 1 ? (family == "4" ? "." : ":") : "") sprintf(family == "4" ? "%d" : "%x", number(substr(bits, i, width)))
    return text "/" prefix
}

function binary(value, width,   bits) {
    for (; width > 0; width--) {
        bits = (value % 2) bits
        value = int(value / 2)
    }
    return bits
}

function number(bits,   value, i) {
    for (i = 1; i <= length(bits); i++) value = value * 2 + substr(bits, i, 1)
    return value + 0
}

function hexadecimal(digits,   value, i) {
    for (i = 1; i <= length(digits); i++) value = value * 16 + index("0123456789abcdef", tolower(substr(digits, i, 1))) - 1
    return value + 0
}
