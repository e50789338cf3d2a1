//! What services are given.

use serde_json::{Value, json};

use crate::admission::addresses;
use crate::builtin::defaults::{fill, prepare_update};
use crate::builtin::kinds;
use crate::kinds::Kind;

fn services() -> &'static Kind {
    kinds::all().iter().find(|kind| kind.is("", "services")).unwrap()
}

#[test]
fn a_service_takes_no_address_that_another_has() {
    let kind = services();
    let mut services: Vec<Value> = Vec::new();
    for index in 0..253 {
        let mut service = json!({"metadata": {"name": index.to_string()}, "spec": {"ports": [{"port": 80}]}});
        fill(kind, &mut service);
        let mut taken = addresses::Taken::by(services.iter());
        addresses::allocate(kind, &mut service, None, &mut taken).unwrap();
        let address = service["spec"]["clusterIP"].clone();
        assert!(services.iter().all(|other| other["spec"]["clusterIP"] != address), "{address}");
        services.push(service);
    }
    let mut last = json!({"metadata": {"name": "last"}, "spec": {"type": "ClusterIP"}});
    let full = addresses::allocate(kind, &mut last, None, &mut addresses::Taken::by(services.iter()));
    assert_eq!(full.unwrap_err().code, 500);
}

#[test]
fn an_update_keeps_the_addresses_and_ports_that_it_does_not_mention() {
    let kind = services();
    let spec = json!({"type": "NodePort", "ports": [{"name": "a", "port": 80}, {"name": "b", "port": 81}]});
    let mut old = json!({"metadata": {"name": "s"}, "spec": spec});
    fill(kind, &mut old);
    addresses::allocate(kind, &mut old, None, &mut addresses::Taken::default()).unwrap();
    let mut new = json!({"metadata": {"name": "s"}, "spec": spec});
    fill(kind, &mut new);
    addresses::allocate(kind, &mut new, Some(&old), &mut addresses::Taken::default()).unwrap();
    assert_eq!(new, old);
    new["spec"]["type"] = "ExternalName".into();
    prepare_update(kind, &mut new, &old);
    assert!(new["spec"].get("clusterIP").is_none() && new["spec"]["ports"][0].get("nodePort").is_none());
}
