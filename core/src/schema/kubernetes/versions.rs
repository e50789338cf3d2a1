//! Generated: what depends on the enabled version of Kubernetes. `BLESS=1 cargo test -p kubist-envtest --test tables` writes it.

#![allow(unused_macros, reason = "not every version changed a type")]

k8s_openapi::k8s_if_ge_1_34! {
    macro_rules! since_1_34 { ($new:expr) => { $new }; }
    macro_rules! changed_1_34 {
        ($new:ty, $old:ty) => { $new };
        (= $new:expr, $old:expr) => { $new };
    }
}
k8s_openapi::k8s_if_le_1_33! {
    macro_rules! since_1_34 { ($new:expr) => { $crate::schema::kubernetes::table::ABSENT }; }
    macro_rules! changed_1_34 {
        ($new:ty, $old:ty) => { $old };
        (= $new:expr, $old:expr) => { $old };
    }
}
k8s_openapi::k8s_if_ge_1_35! {
    macro_rules! since_1_35 { ($new:expr) => { $new }; }
    macro_rules! changed_1_35 {
        ($new:ty, $old:ty) => { $new };
        (= $new:expr, $old:expr) => { $new };
    }
}
k8s_openapi::k8s_if_le_1_34! {
    macro_rules! since_1_35 { ($new:expr) => { $crate::schema::kubernetes::table::ABSENT }; }
    macro_rules! changed_1_35 {
        ($new:ty, $old:ty) => { $old };
        (= $new:expr, $old:expr) => { $old };
    }
}
k8s_openapi::k8s_if_ge_1_36! {
    macro_rules! since_1_36 { ($new:expr) => { $new }; }
    macro_rules! changed_1_36 {
        ($new:ty, $old:ty) => { $new };
        (= $new:expr, $old:expr) => { $new };
    }
}
k8s_openapi::k8s_if_le_1_35! {
    macro_rules! since_1_36 { ($new:expr) => { $crate::schema::kubernetes::table::ABSENT }; }
    macro_rules! changed_1_36 {
        ($new:ty, $old:ty) => { $old };
        (= $new:expr, $old:expr) => { $old };
    }
}
k8s_openapi::k8s_if_ge_1_37! {
    macro_rules! since_1_37 { ($new:expr) => { $new }; }
    macro_rules! changed_1_37 {
        ($new:ty, $old:ty) => { $new };
        (= $new:expr, $old:expr) => { $new };
    }
}
k8s_openapi::k8s_if_le_1_36! {
    macro_rules! since_1_37 { ($new:expr) => { $crate::schema::kubernetes::table::ABSENT }; }
    macro_rules! changed_1_37 {
        ($new:ty, $old:ty) => { $old };
        (= $new:expr, $old:expr) => { $old };
    }
}
