"""What there is to label: a project with pictures of noise, and people who are signed in.

Every picture gets the same number of votes, everybody's unless said otherwise (all are in the initial sample), so that what is left
to do is known beforehand.
"""

import io
import random
import struct
import time
import uuid
import zipfile
import zlib

from browser import Browser
from server import URL

PASSWORD = "a proof of many votes"
WNIDS = [
    "n02110341", "n02123045", "n02123597", "n02124075", "n02123394", "n02129165",
    "n02114367", "n02119789", "n02391049", "n02084071", "n01503061", "n02512053",
]
# Most pictures of a synset's initial sample.
SAMPLE = 1_000
SIDE, POINTS = 64, 8


def prepared(link, people, pictures, batch, votes=None):
    """Makes the project, in which each picture gets so many votes, or everybody's; returns its id and everybody's browser."""
    if people > 20 or pictures > SAMPLE * len(WNIDS):
        raise AssertionError(f"{people} people and {pictures} pictures are more than a project of this kind takes")
    admin = Browser(URL, 0, patience=300)
    token = link.rsplit("/", 1)[1]
    admin.post("/api/accept_invitation", {"token": token, "name": "proof-admin", "password": PASSWORD}).need(200)
    made = admin.post("/api/create_project", {"name": "Proof"}).need(200)
    project = int(made.location.rsplit("/", 1)[1])
    admin.post("/api/change_settings", {"project": project, **settings(votes or people, batch)}).need(200)
    wnids = WNIDS[: -(-pictures // SAMPLE)]
    admin.post("/api/seed_synsets", {"project": project, "request[list]": " ".join(wnids)}).need(200)
    admin.post("/api/change_entry", {"project": project, "terms": ""}).need(200)
    chance = random.Random(1)
    for number, wnid in enumerate(wnids):
        bring_in(admin, project, wnid, [png(chance) for _ in range(number, pictures, len(wnids))])
    admin.post("/api/set_open_sign_up", {"open": "true"}).need(200)
    return project, [signed_up(number) for number in range(1, people + 1)]


def admin_again():
    """The project's admin in another browser."""
    admin = Browser(URL, 0)
    admin.post("/api/sign_in", {"name": "proof-admin", "password": PASSWORD}).need(200)
    return admin


def settings(votes, batch):
    values = {
        "target_precision": 0.99,
        "method": "fixed",
        "fixed_votes": votes,
        "fixed_yes": votes // 2 + 1,
        "threshold": "",
        "rejection": 0.1,
        "initial_sample": SAMPLE,
        "initial_votes": max(10, votes),
        "votes_cap": 20,
        "batch_size": batch,
        "batch_size_phone": batch,
        "duplicate_distance": 0,
    }
    return {f"settings[{name}]": value for name, value in values.items()}


def signed_up(number):
    """One after the other: so their accounts are numbered in this order."""
    person = Browser(URL, number)
    person.post("/api/sign_up", {"name": f"proof-{number:02}", "password": PASSWORD}).need(200)
    return person


def bring_in(admin, project, wnid, pictures):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        for number, picture in enumerate(pictures):
            files.writestr(f"{number:05}.png", picture)
    boundary = uuid.uuid4().hex
    part = '--{}\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'.format
    texts = {"wnid": wnid, "licence": "CC0-1.0", "attribution": "Noise"}
    body = "".join(part(boundary, name, "") + text + "\r\n" for name, text in texts.items()).encode()
    body += part(boundary, "files", '; filename="noise.zip"').encode() + archive.getvalue()
    body += f"\r\n--{boundary}--\r\n".encode()
    sent = admin.post(f"/project/{project}/import", body, f"multipart/form-data; boundary={boundary}")
    page = ""
    for _ in range(1_200):
        page = admin.get(sent.location).need(200).text.replace("<!>", "")
        if ">Finished<" in page or ">Failed<" in page:
            break
        time.sleep(0.25)
    if f"<dt>Added</dt><dd>{len(pictures):,}<" not in page:
        raise AssertionError(f"not all of {len(pictures)} pictures of {wnid} were added: see {sent.location}")


def png(chance):
    """Coarse noise in grey: to a perceptual hash, every one is different."""
    points = [[chance.randrange(20, 236) for _ in range(POINTS)] for _ in range(POINTS)]
    wide = SIDE // POINTS
    rows = [b"\0" + bytes(value for value in row for _ in range(wide)) for row in points for _ in range(wide)]

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"".join(rows))) + chunk(b"IEND", b"")
