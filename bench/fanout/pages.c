/* N open pages on one thread: raw websockets that read, answer pings, and note when a post came.

   pages PORT N RATE PATH HOST FIRST [FROM]
   PATH is asked for with an upgrade, then FIRST is said (nothing if it is empty); if FIRST is
   "raw" there is no handshake and there are no frames, as the C write loop has it.
   FROM is the address that they come from: one has 28,000 ports to come from.
   Connects RATE a second; one that is sent back ("bye") or refused tries again a second later.
   On stdin: "go LENGTH\n" starts a round: each page notes when it has a text frame of at least
   LENGTH bytes. When all have, it prints "done FIRST P50 P99 LAST" in nanoseconds of
   CLOCK_MONOTONIC; after 20 s "missing HOW_MANY". "end\n" ends it. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CLOSED, CONNECTING, UPGRADING, OPEN };
typedef struct {
  int fd, state;
  uint64_t left;        /* of the present frame's payload */
  uint64_t length;      /* of its whole payload */
  int opcode, have;     /* bytes of a header that came in pieces */
  unsigned char head[14];
  uint64_t arrived, again_at;
} page;

static page *pages;
static int n, port, raw, epfd;
static char path[512], host[128], first[100];
static const char *come_from;
static uint64_t round_length;
static int round_on, opened, arrived;
static uint64_t *moments;

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void shut(page *p) {
  if (p->fd >= 0) close(p->fd);
  if (p->state == OPEN) opened--;
  p->fd = -1;
  p->state = CLOSED;
  p->again_at = now_ns() + 1000000000ull;
}

static void open_one(page *p) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  p->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int one = 1;
  if (come_from) {
    struct sockaddr_in own = {.sin_family = AF_INET};
    inet_pton(AF_INET, come_from, &own.sin_addr);
    setsockopt(p->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    bind(p->fd, (struct sockaddr *)&own, sizeof own);
  }
  setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  p->state = CONNECTING;
  p->have = 0;
  p->left = 0;
  if (connect(p->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) {
    shut(p);
    return;
  }
  struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = p};
  epoll_ctl(epfd, EPOLL_CTL_ADD, p->fd, &e);
}

static void say(page *p, int opcode, const char *text, size_t length) {
  unsigned char frame[140] = {0x80 | opcode, 0x80 | length, 1, 2, 3, 4};
  for (size_t i = 0; i < length; i++) frame[6 + i] = text[i] ^ frame[2 + i % 4];
  if (write(p->fd, frame, 6 + length) < 0) shut(p);
}

static void frame_ended(page *p, const unsigned char *payload, uint64_t in_hand) {
  if (p->opcode == 9) say(p, 10, (const char *)payload, in_hand < 125 ? in_hand : 125);
  if (p->opcode == 8) shut(p);
  if (p->opcode == 1 && round_on && !p->arrived && p->length >= round_length) {
    p->arrived = now_ns();
    moments[arrived++] = p->arrived;
  }
}

static void read_frames(page *p, const unsigned char *data, size_t length) {
  if (raw) { /* no frames: bytes alone */
    p->left += length;
    if (round_on && !p->arrived && p->left >= round_length) {
      p->arrived = now_ns();
      moments[arrived++] = p->arrived;
    }
    return;
  }
  while (length && p->state == OPEN) {
    if (p->left) {
      uint64_t part = p->left < length ? p->left : length;
      p->left -= part;
      if (!p->left) frame_ended(p, data, part);
      data += part;
      length -= part;
      continue;
    }
    p->head[p->have++] = *data++;
    length--;
    if (p->have < 2) continue;
    int code = p->head[1] & 127, wanted = code == 126 ? 4 : code == 127 ? 10 : 2;
    if (p->have < wanted) continue;
    p->opcode = p->head[0] & 15;
    p->length = code;
    if (code >= 126) {
      p->length = 0;
      for (int i = 2; i < wanted; i++) p->length = p->length << 8 | p->head[i];
    }
    p->left = p->length;
    p->have = 0;
    if (!p->left) frame_ended(p, data, 0);
  }
}

static void readable(page *p) {
  static unsigned char buffer[65536];
  ssize_t got;
  while (p->state >= UPGRADING && (got = read(p->fd, buffer, sizeof buffer)) > 0) {
    size_t skip = 0;
    if (p->state == UPGRADING) {
      unsigned char *end = memmem(buffer, got, "\r\n\r\n", 4);
      if (!end || memcmp(buffer, "HTTP/1.1 101", 12)) { shut(p); return; }
      skip = end + 4 - buffer;
      p->state = OPEN;
      opened++;
      if (first[0]) say(p, 1, first, strlen(first));
    }
    if (p->state == OPEN) read_frames(p, buffer + skip, got - skip);
  }
  if (p->state >= UPGRADING && (got == 0 || (got < 0 && errno != EAGAIN))) shut(p);
}

static void writable(page *p) {
  int fault = 0;
  socklen_t size = sizeof fault;
  getsockopt(p->fd, SOL_SOCKET, SO_ERROR, &fault, &size);
  if (fault) { shut(p); return; }
  if (raw) { p->state = OPEN; opened++; return; }
  char ask[1024];
  int length = snprintf(ask, sizeof ask,
    "GET %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", path, host, host);
  p->state = UPGRADING;
  if (write(p->fd, ask, length) != length) shut(p);
}

static int by_size(const void *a, const void *b) {
  uint64_t x = *(uint64_t *)a, y = *(uint64_t *)b;
  return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
  port = atoi(argv[1]);
  n = atoi(argv[2]);
  double rate = atof(argv[3]);
  snprintf(path, sizeof path, "%s", argv[4]);
  snprintf(host, sizeof host, "%s", argv[5]);
  snprintf(first, sizeof first, "%s", argv[6]);
  come_from = argc > 7 ? argv[7] : NULL;
  raw = !strcmp(first, "raw");
  pages = calloc(n, sizeof *pages);
  moments = calloc(n, sizeof *moments);
  for (int i = 0; i < n; i++) pages[i].fd = -1;
  epfd = epoll_create1(0);
  fcntl(0, F_SETFL, O_NONBLOCK);
  struct epoll_event in = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(epfd, EPOLL_CTL_ADD, 0, &in);
  setvbuf(stdout, NULL, _IOLBF, 0);
  uint64_t started = now_ns(), round_started = 0;
  long begun = 0;
  int told = 0;
  static struct epoll_event ready[1024];
  for (;;) {
    if (opened < n) {
      long due = (now_ns() - started) / 1e9 * rate;
      for (int i = 0; i < n && begun < due; i++)
        if (pages[i].state == CLOSED && pages[i].again_at <= now_ns()) { open_one(&pages[i]); begun++; }
    }
    if (opened == n && !told) { told = 1; printf("open %ld\n", begun); }
    if (round_on && arrived == n) {
      round_on = 0;
      qsort(moments, n, sizeof *moments, by_size);
      printf("done %lu %lu %lu %lu\n", moments[0], moments[n / 2], moments[(int)(n * 0.99)], moments[n - 1]);
    }
    if (round_on && now_ns() - round_started > 20000000000ull) { round_on = 0; printf("missing %d\n", n - arrived); }
    /* Never asleep in a round: on one machine the server would pay for waking us, and the more
       often the slower it writes; real pages are elsewhere. */
    int count = epoll_wait(epfd, ready, 1024, round_on ? 0 : opened < n ? 2 : 50);
    for (int i = 0; i < count; i++) {
      page *p = ready[i].data.ptr;
      if (!p) {
        char line[128] = {0};
        if (read(0, line, sizeof line - 1) <= 0 || !strncmp(line, "end", 3)) return 0;
        if (sscanf(line, "go %lu", &round_length) == 1) {
          for (int j = 0; j < n; j++) { pages[j].arrived = 0; if (raw) pages[j].left = 0; }
          arrived = 0;
          round_on = 1;
          round_started = now_ns();
          printf("ready\n");
        }
        continue;
      }
      if (p->state == CONNECTING && ready[i].events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) writable(p);
      if (p->state >= UPGRADING && ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(p);
    }
  }
}
