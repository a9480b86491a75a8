"""The page as a whole: what a reader gets, and what a browser makes of it."""

import shutil
import subprocess
import zlib
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)>.csv"


@pytest.fixture
def page(db):
    db.ingest("Address,City,State,Zip\n12 Main St,Los Angeles,CA,90012\n", source="vendor", file_name="leads.csv")
    db.ingest('Address,City\n"12 Main St\n', source="<b>vendor</b>", file_name=HOSTILE)
    db.leads(5, status="queued")
    db.execute("select record_api_call('<i>vapi</i>', 200, 12)")
    with db.acting_as("pipeline_reader"):
        return db.value("select dashboard_html()")


class Reader(HTMLParser):
    """Collects the elements as a browser's tolerant parser would."""

    def __init__(self):
        super().__init__()
        self.elements = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


def test_it_is_well_formed(page):
    root = ElementTree.fromstring(page)

    assert [section.get("id") for section in root.iter("section")] == [
        "funnel", "uploads", "services", "feed", "campaigns", "health",
    ]  # fmt: skip
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_it_runs_nothing_and_loads_nothing(page):
    reader = Reader()
    reader.feed(page)

    assert not {tag for tag, _ in reader.elements} & {"script", "img", "iframe", "object", "embed", "form", "base"}
    for _, attributes in reader.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "src"]
        assert attributes.get("href") in (None, "data:,")


def test_a_hostile_file_name_is_shown_as_it_is(page):
    names = ["".join(element.itertext()) for element in ElementTree.fromstring(page).iter("bdi")]

    assert HOSTILE in names
    assert "<b>vendor</b>" in names


def test_its_numbers_are_those_of_the_views(db, page, table):
    root = ElementTree.fromstring(page)
    sections = {section.get("id"): section for section in root.iter("section")}
    views = db.one("select sum(rows_received) as received, sum(leads_new) as new from funnel_daily")
    progress = db.one("select * from campaign_progress")
    health = db.rows("select * from pipeline_health()")

    funnel = {row[0]: row[1] for row in table(sections["funnel"])}
    assert (funnel["Rows received"], funnel["New leads"]) == (str(views.received), str(views.new))
    assert table(sections["campaigns"]) == [["default", f"0 / {progress.cap}", "5", "0", "0", "0"]]
    assert len(sections["health"].findall(".//li")) == len(health)
    assert table(sections["services"])[0][:2] == ["<i>vapi</i>", str(db.value("select sum(calls) from api_daily"))]


# ---- in a browser -----------------------------------------------------------------------------------------------

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pixels(png: bytes) -> list[bytes]:
    """The rows of an 8-bit RGB(A) picture, each as its bytes, unfiltered (PNG specification, section 9)."""
    width, channels = int.from_bytes(png[16:20], "big"), {2: 3, 6: 4}[png[25]]
    data, position = b"", 8
    while position < len(png):
        length, kind = int.from_bytes(png[position : position + 4], "big"), png[position + 4 : position + 8]
        if kind == b"IDAT":
            data += png[position + 8 : position + 8 + length]
        position += 12 + length
    data, stride = zlib.decompress(data), width * channels

    rows, above = [], bytearray(stride)
    for start in range(0, len(data), stride + 1):
        filtering, row = data[start], bytearray(data[start + 1 : start + 1 + stride])
        for i in range(stride):
            left = row[i - channels] if i >= channels else 0
            corner = above[i - channels] if i >= channels else 0
            guesses = [0, left, above[i], (left + above[i]) // 2, paeth(left, above[i], corner)]
            row[i] = (row[i] + guesses[filtering]) & 255
        rows.append(bytes(pixel for i in range(0, stride, channels) for pixel in row[i : i + 3]))
        above = row
    return rows


def paeth(left: int, above: int, corner: int) -> int:
    estimate = left + above - corner
    return min((left, above, corner), key=lambda value: abs(estimate - value))


@pytest.mark.chromium
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize(("scheme", "background"), [(1, "f4f5f7"), (0, "0e1218")], ids=["light", "dark"])
def test_a_browser_paints_it_in_the_colours_of_the_system(page, tmp_path, scheme, background):
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
        f"--user-data-dir={tmp_path / 'profile'}", f"--blink-settings=preferredColorScheme={scheme}",
        "--window-size=600,700", f"--screenshot={tmp_path / 'page.png'}", (tmp_path / "page.html").as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    rows = pixels((tmp_path / "page.png").read_bytes())
    assert rows[0][:3].hex() == background
    colours = {row[i : i + 3] for row in rows[::5] for i in range(0, len(row), 15)}
    assert len(colours) > 30  # letters, bars and cards


def test_it_speaks_of_the_day_that_is_asked_for(db, clock, table):
    db.leads(5, status="queued")
    db.execute("update campaigns set daily_cap = 3")
    clock.set("2026-03-09 06:00")
    db.feed()

    for fed in ("3 / 3", "0 / 3"):
        page = ElementTree.fromstring(db.value("select dashboard_html(%s)", clock.now))
        assert "".join(page.find(".//ul[@class='figures']/li/b").itertext()) == fed
        assert table(page.find(".//section[@id='campaigns']"))[0][1] == fed
        clock.move(days=1)


def test_it_is_drawn_with_nothing_in_the_database(db, clock):
    db.execute("delete from campaigns")
    db.execute("delete from jobs")

    ElementTree.fromstring(db.value("select dashboard_html(%s)", clock.now))
