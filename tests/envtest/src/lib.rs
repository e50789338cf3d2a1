//! Starts the real kube-apiserver and etcd for tests.
