#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <cerrno>

#include "collector/os/net_address.h"
#include "collector/os/net_channel.h"

namespace casepack::os {
namespace {

Channel::Moved OfSystem(ssize_t moved, int error) {
  if (moved > 0) return {Channel::How::kSome, static_cast<size_t>(moved)};
  if (moved == 0) return {Channel::How::kClosed, 0, "closed"};
  if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR) return {Channel::How::kAgain};
  return {Channel::How::kFailed, 0, ReasonOfError(error)};
}

// "alert_40", "not_tls" and the like, of the oldest error in OpenSSL's queue.
std::string TlsReason(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  if (reason > SSL_AD_REASON_OFFSET) {
    return "alert_" + std::to_string(reason - SSL_AD_REASON_OFFSET);
  }
  switch (reason) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_BAD_RECORD_TYPE:
    case SSL_R_UNEXPECTED_MESSAGE:
      return "not_tls";
    case SSL_R_UNSUPPORTED_PROTOCOL:
      return "old_protocol";
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
      return "closed";
    default:
      return "tls_error";
  }
}

}  // namespace

void Channel::FreeTls::operator()(ssl_st* session) const { SSL_free(session); }

void Channel::StartTls(ssl_st* session) {
  tls_.reset(session);
  SSL_set_fd(session, socket_.get());
}

Channel::Moved Channel::TlsMoved(int result) {
  const int error = errno;
  wants_write_ = false;
  switch (SSL_get_error(tls_.get(), result)) {
    case SSL_ERROR_NONE:
      return {How::kSome, static_cast<size_t>(result)};
    case SSL_ERROR_WANT_READ:
      return {How::kAgain};
    case SSL_ERROR_WANT_WRITE:
      wants_write_ = true;
      return {How::kAgain};
    case SSL_ERROR_ZERO_RETURN:
      return {How::kClosed, 0, "closed"};
    case SSL_ERROR_SYSCALL:
      if (error == 0) return {How::kClosed, 0, "closed"};
      return {How::kFailed, 0, ReasonOfError(error)};
    default:
      return {How::kFailed, 0, TlsReason(ERR_peek_error())};
  }
}

Channel::Moved Channel::Read(char* to, size_t size) {
  if (tls_) {
    ERR_clear_error();
    errno = 0;
    return TlsMoved(SSL_read(tls_.get(), to, static_cast<int>(size)));
  }
  const ssize_t got = recv(socket_.get(), to, size, 0);
  return OfSystem(got, errno);
}

Channel::Moved Channel::Write(std::string_view bytes) {
  if (tls_) {
    ERR_clear_error();
    errno = 0;
    return TlsMoved(SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size())));
  }
  const ssize_t sent = send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  return OfSystem(sent, errno);
}

void Channel::Wait(Waits& waits, bool writing) const {
  const bool write = tls_ ? wants_write_ : writing;
  waits.Either(socket_.get(), !wants_write_, write);
}

}  // namespace casepack::os
