package clientgo

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"
)

// Who runs these tests listens there, and does to the server what it is told in a line: restart, or expire.
const controlVariable = "KUBIST_CONTROL"

// ask has something done to the server, and returns when it is done. Where nobody listens the test is skipped.
func ask(t *testing.T, what string) {
	t.Helper()
	address := os.Getenv(controlVariable)
	if address == "" {
		t.Skipf("%s is not set: the server stays as it is", controlVariable)
	}
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if _, err := fmt.Fprintln(connection, what); err != nil {
		t.Fatal(err)
	}
	answer, err := bufio.NewReader(connection).ReadString('\n')
	if err != nil || strings.TrimSpace(answer) != "done" {
		t.Fatalf("%s: %q, %v", what, answer, err)
	}
}
